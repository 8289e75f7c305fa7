namespace Microsoft.ML.Nas.Spaces;

/// <summary>Several settings that are one parameter of an operation, such as one a node.</summary>
internal interface ISettingList
{
    IReadOnlyList<ISetting> Items { get; }

    /// <summary>The list with other settings, as many and of the same type.</summary>
    ISettingList With(IEnumerable<ISetting> items);
}
