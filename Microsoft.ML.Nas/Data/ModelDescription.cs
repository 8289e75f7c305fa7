using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Nas.Data.Images;
using Microsoft.ML.Nas.Data.Texts;

namespace Microsoft.ML.Nas.Data;

/// <summary>What an ONNX file says, in its metadata, of the columns that the model was trained on and of their encoding.</summary>
internal sealed record ModelDescription(
    int Version,
    LearningTask Task,
    ModelDescription.LabelPart Label,
    ModelDescription.ColumnPart[] Columns,
    string EncodedRows)
{
    private const int CurrentVersion = 2;
    private const string TextType = "Text";

    private static readonly Type[] ColumnTypes =
    [
        typeof(float), typeof(double), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort),
        typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(bool),
    ];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The encoding of a table; null for other kinds of input.</summary>
    public TablePart? Table { get; init; }

    /// <summary>The encoding of images; null for other kinds of input.</summary>
    public ImagePart? Image { get; init; }

    /// <summary>The encoding of texts; null for other kinds of input.</summary>
    public TextPart? Text { get; init; }

    /// <summary>Describes a model.</summary>
    /// <param name="encoder">The encoder of its features.</param>
    /// <param name="keyValues">What the label's keys stand for.</param>
    /// <param name="encodedRows">The name, in the file's graph, of the encoded rows.</param>
    public static ModelDescription Of(InputEncoder encoder, KeyValues? keyValues, string encodedRows)
    {
        var label = encoder.Plan.Label;
        var values = keyValues?.Values;
        return encoder.AddTo(new(
            CurrentVersion,
            encoder.Plan.Task,
            new(label.Name, label.RawType.Name, label.IsKey, label.Classes,
                values is null ? null : NameOf(values.GetType().GetElementType()!), values?.Cast<object>().Select(static value => value.ToString()!).ToArray()),
            [.. encoder.Plan.Features.Select(static column => new ColumnPart(column.Name, column.Kind, NameOf(column.RawType), column.IsVector, column.Size, column.Dimensions.Length > 1 ? [.. column.Dimensions] : null))],
            encodedRows));
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is of another version or damaged.</exception>
    public static ModelDescription Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelDescription>(json, Json) is { Version: CurrentVersion } description
                ? description
                : throw new InvalidDataException($"The model's description is not of version {CurrentVersion}; read the file with the version of this library that wrote it.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"The model's description is damaged: {problem.Message}", problem);
        }
    }

    /// <summary>The description as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The encoder described. It encodes rows; networks may need more of the training rows than it knows.</summary>
    /// <exception cref="InvalidDataException">The description lacks the encoding.</exception>
    public InputEncoder CreateEncoder()
    {
        var features = Columns.Select(static column => new FeatureColumn(column.Name, column.Kind, TypeOf(column.Type), column.IsVector, column.Size) { Dimensions = [.. column.Dimensions ?? []] });
        var label = new LabelColumn(Label.Name, TypeOf(Label.Type), Label.IsKey, Label.Classes) { IsVector = Task == LearningTask.SequenceLabeling };
        var kind = Image is not null ? InputKind.Image : Text is not null ? InputKind.Text : InputKind.Table;
        var plan = new ColumnPlan([.. features], label, null, Task, kind);
        return Image?.CreateEncoder(plan) ?? Text?.CreateEncoder(plan) ?? (InputEncoder?)Table?.CreateEncoder(plan)
            ?? throw new InvalidDataException("The model's description does not say how its columns are encoded.");
    }

    /// <summary>The key values described; null where there are none.</summary>
    public KeyValues? CreateKeyValues()
    {
        if (Label is not { KeyType: { } typeName, KeyValues: { } texts }) return null;
        if (typeName == TextType) return KeyValues.Of(texts);
        var type = TypeOf(typeName);
        var values = Array.CreateInstance(type, texts.Length);
        for (var i = 0; i < texts.Length; i++) values.SetValue(Convert.ChangeType(texts[i], type), i);
        return KeyValues.Of(values);
    }

    private static string NameOf(Type type) => type == typeof(ReadOnlyMemory<char>) || type == typeof(string) ? TextType : type.Name;

    private static Type TypeOf(string name) => name == TextType
        ? typeof(ReadOnlyMemory<char>)
        : Array.Find(ColumnTypes, type => type.Name == name) ?? throw new InvalidDataException($"The model's description names the unknown type '{name}'.");

    /// <summary>The label column.</summary>
    internal sealed record LabelPart(string Name, string Type, bool IsKey, int Classes, string? KeyType, string[]? KeyValues);

    /// <summary>A feature column.</summary>
    internal sealed record ColumnPart(string Name, FeatureKind Kind, string Type, bool IsVector, int Size, int[]? Dimensions = null);

    /// <summary>The encoding of images: the statistics of their channels.</summary>
    internal sealed record ImagePart(float[] Means, float[] Deviations)
    {
        public ImageEncoder CreateEncoder(ColumnPlan plan)
        {
            var size = ImageColumn.SizeOf(plan.Features[0]);
            return new(plan, new(size.Height, size.Width, [.. Means], [.. Deviations]));
        }
    }

    /// <summary>The encoding of texts: the number of tokens, the vocabulary, and whether it knows upper case.</summary>
    internal sealed record TextPart(int Length, string[] Words, bool KeepCase = false)
    {
        public TextEncoder CreateEncoder(ColumnPlan plan) => new(plan, new([.. Words], KeepCase), Length);
    }

    /// <summary>The encoding of a table.</summary>
    internal sealed record TablePart(NumberScaling[] Numbers, int[] Indicators, CategoryPart[] Categories)
    {
        public static TablePart Of(FeatureEncoder encoder) => new(
            [.. encoder.Numbers],
            [.. encoder.Indicators],
            [.. encoder.Categories.Select(static category => new CategoryPart(
                category.Slot,
                category.Values[0].Text is null ? null : [.. category.Values.Select(static value => value.Text!)],
                category.Values[0].Text is null ? [.. category.Values.Select(static value => value.Key)] : null))]);

        public FeatureEncoder CreateEncoder(ColumnPlan plan) => new(plan, [.. Numbers], [.. Indicators], [.. Categories.Select(static category =>
            new CategoryVocabulary(category.Slot, category.Texts is { } texts
                ? [.. texts.Select(static text => new CategoryValue(text))]
                : [.. category.Keys!.Select(static key => new CategoryValue(key))]))]);
    }

    /// <summary>The categories of a column: texts, or keys.</summary>
    internal sealed record CategoryPart(int Slot, string[]? Texts, ulong[]? Keys);
}
