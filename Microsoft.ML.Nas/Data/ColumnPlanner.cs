using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Data;

/// <summary>Finds label, weight and features among the columns, and the task that the label's type implies.</summary>
internal static class ColumnPlanner
{
    private const string DefaultFeatureColumn = "Features";
    private const string ImageColumns = "vectors of Byte or Single with dimensions, [channels, height, width] or [height, width]; give them with "
        + "[VectorType(1, 28, 28)] on the property, or as new VectorDataViewType(NumberDataViewType.Byte, 1, 28, 28)";
    private const string DefaultGroupColumn = "GroupId";

    /// <summary>Plans what to read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing or of an unsupported type, or the task does not fit the label.</exception>
    public static ColumnPlan Create(IReadOnlyList<ColumnInfo> columns, SearchOptions options)
    {
        var label = FindLabel(columns, options);
        var task = FindTask(label, options.Task);
        CheckSpace(columns, label, options.Space);
        var weight = FindWeight(columns, options);
        var (features, kind) = label.IsVector ? ([FindTokens(columns, options)], InputKind.Text) : FindFeatures(columns, options);
        return new(features, label, weight, task, kind) { Text = options.Text };
    }

    /// <summary>A space answers once a row or once a token, and so must the label.</summary>
    private static void CheckSpace(IReadOnlyList<ColumnInfo> columns, LabelColumn label, SearchSpace? space)
    {
        if (space is null) return;
        var isPerToken = space.Input is TokenShape && space.OutputShape is SequenceShape;
        var type = columns.First(column => column.Name == label.Name).TypeName;
        if (isPerToken && !label.IsVector)
            throw Refusal(nameof(SearchOptions.Space), space.Name, $"The space '{space.Name}' gives every token a label, and the label column '{label.Name}' of the type {type} holds one a row; "
                + $"give it a vector of keys, one a token, or use a space that ends in a {nameof(SequencePool)}, such as {nameof(SearchSpaces)}.{nameof(SearchSpaces.Text)}.");
        if (label.IsVector && !isPerToken)
            throw Refusal(nameof(SearchOptions.Space), space.Name, $"The label column '{label.Name}' of the type {type} holds a label a token, and the space '{space.Name}' gives one a row; "
                + $"use a space that labels tokens, such as {nameof(SearchSpaces)}.{nameof(SearchSpaces.SequenceLabeling)}.");
    }

    /// <summary>The features, and what they are: what the space asks for; without a space an image where that is the only feature, else a table.</summary>
    private static (IReadOnlyList<FeatureColumn> Features, InputKind Kind) FindFeatures(IReadOnlyList<ColumnInfo> columns, SearchOptions options)
    {
        if (options.Space is not { } space)
        {
            var features = FindTable(columns, options);
            var isImage = features is [var only] && columns.First(column => column.Name == only.Name).IsImage;
            return (features, isImage ? InputKind.Image : InputKind.Table);
        }
        var kind = KindOf(space);
        return kind switch
        {
            InputKind.Image => ([ToFeature(FindImage(columns, options))], kind),
            InputKind.Text => ([ToFeature(FindText(columns, options))], kind),
            _ => (FindTable(columns, options), kind),
        };
    }

    private static InputKind KindOf(SearchSpace space) => space.Input switch
    {
        TokenShape => InputKind.Text,
        not TableShape and { Dimensions.Length: Shape.ImageRank } => InputKind.Image,
        _ => InputKind.Table,
    };

    private static ColumnInfo FindImage(IReadOnlyList<ColumnInfo> columns, SearchOptions options)
    {
        const string option = nameof(SearchOptions.FeatureColumnNames);
        var space = options.Space!.Name;
        var candidates = options.FeatureColumnNames is { } names
            ? [.. names.Select(name => Find(columns, name, option, "feature"))]
            : columns.Where(column => !Reserved(options).Contains(column.Name) && MayBeImage(column)).ToArray();
        if (candidates.Length > 1 && options.FeatureColumnNames is null && Array.Find(candidates, static column => column.Name == DefaultFeatureColumn) is { } standard) candidates = [standard];
        if (candidates.Length > 1)
            throw Refusal(option, Names(candidates), $"The space '{space}' takes one image a row; there are {Names(candidates)}. Name one of them in {option}.");
        if (candidates is [var image] && MayBeImage(image)) return image;
        var near = candidates.Concat(columns.Where(static column => column is { IsVector: true, IsKey: false })).FirstOrDefault(column => !Reserved(options).Contains(column.Name));
        throw near is null
            ? Refusal(option, null, $"The space '{space}' takes images, but none of the columns ({Names(columns)}) is one: {ImageColumns}.")
            : Mismatch(option, near, $"the space '{space}' takes images, {ImageColumns}");
    }

    /// <summary>Whether a column is an image, or may be one as far as is known before fitting.</summary>
    private static bool MayBeImage(ColumnInfo column) =>
        column.IsImage || column is { IsVector: true, Size: 0, Dimensions.Length: 0 } && column.Kind == FeatureKind.Number && (column.RawType == typeof(byte) || column.RawType == typeof(float));

    private static string[] Reserved(SearchOptions options) => [options.LabelColumnName, options.ExampleWeightColumnName ?? options.LabelColumnName];

    private static ColumnInfo FindText(IReadOnlyList<ColumnInfo> columns, SearchOptions options)
    {
        const string option = nameof(SearchOptions.FeatureColumnNames);
        var space = options.Space!.Name;
        var candidates = options.FeatureColumnNames is { } names
            ? names.Select(name => Find(columns, name, option, "feature")).ToArray()
            : [.. columns.Where(column => IsText(column) && !Reserved(options).Contains(column.Name))];
        if (candidates.Length > 1)
            throw Refusal(option, Names(candidates), $"The space '{space}' takes one text a row; there are {Names(candidates)}. Name one of them in {option}.");
        if (candidates.Length == 0)
            throw Refusal(option, null, $"The space '{space}' takes texts, but none of the columns ({Names(columns)}) is a Text.");
        return IsText(candidates[0]) ? candidates[0] : throw Mismatch(option, candidates[0], $"the space '{space}' takes texts, so name a column of type Text");
    }

    /// <summary>The column of texts whose tokens are labelled: one that holds the tokens, else one of whole texts.</summary>
    private static FeatureColumn FindTokens(IReadOnlyList<ColumnInfo> columns, SearchOptions options)
    {
        const string option = nameof(SearchOptions.FeatureColumnNames);
        var candidates = options.FeatureColumnNames is { } names
            ? names.Select(name => Find(columns, name, option, "feature")).ToArray()
            : [.. columns.Where(column => (IsTokens(column) || IsText(column)) && !Reserved(options).Contains(column.Name))];
        if (options.FeatureColumnNames is null && Array.Exists(candidates, IsTokens)) candidates = Array.FindAll(candidates, IsTokens);
        if (candidates.Length > 1)
            throw Refusal(option, Names(candidates), $"Labels of tokens are learned from one text a row; there are {Names(candidates)}. Name one of them in {option}.");
        if (candidates is not [var text])
            throw Refusal(option, null, $"Labels of tokens are learned from texts, but none of the columns ({Names(columns)}) is a vector of Text or a Text.");
        if (!IsTokens(text) && !IsText(text)) throw Mismatch(option, text, "labels of tokens are learned from texts, so name a column that is a vector of Text, one a token, or a Text");
        return new(text.Name, FeatureKind.Text, text.RawType, text.IsVector, text.IsVector ? 0 : 1);
    }

    private static bool IsTokens(ColumnInfo column) => column is { IsVector: true, IsKey: false } && column.RawType == typeof(ReadOnlyMemory<char>);

    private static bool IsText(ColumnInfo column) => column is { Kind: FeatureKind.Text, IsVector: false };

    private static LabelColumn FindLabel(IReadOnlyList<ColumnInfo> columns, SearchOptions options)
    {
        const string option = nameof(SearchOptions.LabelColumnName);
        var column = Find(columns, options.LabelColumnName, option, "label");
        if (column is { IsVector: true, IsKey: false })
            throw Mismatch(option, column, column.RawType == typeof(ReadOnlyMemory<char>)
                ? $"turn labels of tokens into keys first with ml.Transforms.Conversion.MapValueToKey(\"{column.Name}\", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)"
                : "the label must be one value a row, a Boolean, a Key or a Single, or a vector of keys, one a token");
        if (column.IsKey)
        {
            if (column.KeyCount > int.MaxValue)
                throw Mismatch(option, column, $"it has {column.KeyCount} key values, which are too many classes; map the label's values with MapValueToKey");
            return new(column.Name, column.RawType, IsKey: true, (int)(column.KeyCount ?? 0)) { IsVector = column.IsVector };
        }
        if (column.RawType == typeof(bool)) return new(column.Name, column.RawType, IsKey: false, Classes: 2);
        if (column.RawType == typeof(float)) return new(column.Name, column.RawType, IsKey: false, Classes: 1);
        throw Mismatch(option, column, column.RawType == typeof(ReadOnlyMemory<char>)
            ? "a label must be a Boolean, a Key or a Single; turn text classes into a key first with "
                + $"ml.Transforms.Conversion.MapValueToKey(\"{column.Name}\", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)"
            : "a label must be a Boolean (two classes), a Key (classes, see MapValueToKey) or a Single (regression, see ConvertType)");
    }

    private static LearningTask FindTask(LabelColumn label, LearningTask? asked)
    {
        var natural = label switch
        {
            { RawType: var raw, IsKey: false } when raw == typeof(float) => LearningTask.Regression,
            { IsKey: false } => LearningTask.BinaryClassification,
            { IsVector: true } => LearningTask.SequenceLabeling,
            { Classes: 2 } => LearningTask.BinaryClassification,
            // Before fitting a key's count is not known. Most keys have more than two values; Task settles it.
            _ => LearningTask.MulticlassClassification,
        };
        if (asked is not { } task || task == natural) return natural;
        var fits = label is { IsKey: true, IsVector: false } && (task == LearningTask.MulticlassClassification || task == LearningTask.BinaryClassification && label.Classes is 0 or 2);
        if (fits) return task;
        var type = ColumnInfo.Describe(label.RawType, label.IsKey, label.IsVector, size: 0, []);
        var count = label is { IsKey: true, Classes: > 0 } ? $" of {label.Classes} values" : "";
        throw Refusal(nameof(SearchOptions.Task), task,
            $"The label column '{label.Name}' is a {type}{count}, which is for {natural}; leave {nameof(SearchOptions.Task)} null or convert the label: "
            + "binary classification needs a Boolean or a key of two values, multiclass a key, regression a Single, sequence labeling a vector of keys.");
    }

    private static string? FindWeight(IReadOnlyList<ColumnInfo> columns, SearchOptions options)
    {
        if (options.ExampleWeightColumnName is not { } name) return null;
        const string option = nameof(SearchOptions.ExampleWeightColumnName);
        var column = Find(columns, name, option, "weight");
        if (column.RawType != typeof(float) || column.IsKey || column.IsVector) throw Mismatch(option, column, "a weight must be a Single");
        return name;
    }

    private static IReadOnlyList<FeatureColumn> FindTable(IReadOnlyList<ColumnInfo> columns, SearchOptions options)
    {
        const string option = nameof(SearchOptions.FeatureColumnNames);
        var reserved = Reserved(options);
        var names = options.FeatureColumnNames;
        if (names is null && columns.Any(static column => column.Name == DefaultFeatureColumn) && !reserved.Contains(DefaultFeatureColumn))
            names = [DefaultFeatureColumn];
        if (names is null)
        {
            var found = columns.Where(column => column.Kind is not null && !reserved.Contains(column.Name) && !IsGroup(column)).Select(ToFeature).ToArray();
            return found.Length > 0 ? found : throw Refusal(option, null,
                $"There is no feature column: none of the columns ({Names(columns)}) but label and weight has a supported type ({ColumnInfo.SupportedFeatureTypes}).");
        }
        foreach (var name in names)
            if (reserved.Contains(name))
                throw Refusal(option, name, $"The column '{name}' is the label or the weight; it cannot be a feature too. Remove it from {option}.");
        return [.. names.Select(name => Find(columns, name, option, "feature")).Select(static column => column.Kind is null
            ? throw Mismatch(option, column, $"supported are {ColumnInfo.SupportedFeatureTypes}")
            : ToFeature(column))];
    }

    private static bool IsGroup(ColumnInfo column) => column is { Name: DefaultGroupColumn, IsKey: true };

    private static FeatureColumn ToFeature(ColumnInfo column) => new(column.Name, column.Kind!.Value, column.RawType, column.IsVector, column.Size) { Dimensions = column.Dimensions };

    private static ColumnInfo Find(IReadOnlyList<ColumnInfo> columns, string name, string option, string role) =>
        columns.FirstOrDefault(column => column.Name == name)
        ?? throw Refusal(option, name, $"There is no {role} column '{name}'. The columns are {Names(columns)}; name one of them in {option}.");

    private static ArgumentOutOfRangeException Mismatch(string option, ColumnInfo column, string why) =>
        Refusal(option, column.Name, $"The column '{column.Name}' has the type {column.TypeName}; {why}.");

    private static ArgumentOutOfRangeException Refusal(string option, object? value, string message) => new(option, value, message);

    private static string Names(IEnumerable<ColumnInfo> columns) => string.Join(", ", columns.Select(static column => $"'{column.Name}'"));
}
