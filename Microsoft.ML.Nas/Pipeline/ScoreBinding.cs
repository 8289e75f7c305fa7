using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas;

/// <summary>A model bound to the schema of the data it scores: the input's columns, then the model's.</summary>
internal sealed class ScoreBinding
{
    /// <exception cref="ArgumentOutOfRangeException">A feature column is missing or of another type than in training; it is named.</exception>
    public ScoreBinding(DataViewSchema input, ScoringModel model)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
        Model = model;
        Features = [.. model.Encoder.Plan.Features.Where(model.Encoder.Reads).Select(column => Find(input, column))];
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns(model.Answers.Columns);
        Output = builder.ToSchema();
    }

    /// <summary>The schema of the data.</summary>
    public DataViewSchema Input { get; }

    /// <summary>The schema of the scored data; the input's columns keep their places.</summary>
    public DataViewSchema Output { get; }

    /// <summary>The model.</summary>
    public ScoringModel Model { get; }

    /// <summary>The input's columns that the model reads.</summary>
    public IReadOnlyList<DataViewSchema.Column> Features { get; }

    /// <summary>Whether the model adds the column.</summary>
    public bool IsAdded(DataViewSchema.Column column) => column.Index >= Input.Count;

    /// <summary>The input's columns that some of the output's columns need.</summary>
    public IReadOnlyList<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
    {
        var needed = new SortedSet<int>();
        foreach (var column in columns)
        {
            if (IsAdded(column)) needed.UnionWith(Features.Select(static feature => feature.Index));
            else needed.Add(column.Index);
        }
        return [.. needed.Select(index => Input[index])];
    }

    /// <summary>Which of the output's columns are among those given.</summary>
    public bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[Output.Count];
        foreach (var column in columns) active[column.Index] = true;
        return active;
    }

    /// <summary>The getter of a column that the model adds.</summary>
    public Delegate Getter(DataViewSchema.Column column, IPredictionSource source) =>
        Model.Answers.Getter(column.Name, source);

    /// <summary>A getter as the type that is asked for.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public static ValueGetter<TValue> As<TValue>(Delegate getter, DataViewSchema.Column column) => getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"The column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");

    private static DataViewSchema.Column Find(DataViewSchema inputSchema, FeatureColumn expected)
    {
        if (inputSchema.GetColumnOrNull(expected.Name) is not { } column)
            throw new ArgumentOutOfRangeException(nameof(inputSchema), expected.Name,
                $"There is no feature column '{expected.Name}'; the model was trained with it, as {expected.TypeName}.");
        var found = ColumnInfo.From(column);
        if (expected.HasAnySize && found is { IsVector: true, IsKey: false } && found.RawType == expected.RawType) return column;
        var sameShape = found.Dimensions.Length < 2 || expected.Dimensions.Length < 2 || found.Dimensions.SequenceEqual(expected.Dimensions);
        return sameShape && found.Kind == expected.Kind && found.RawType == expected.RawType && found.IsVector == expected.IsVector && found.Size == expected.Size
            ? column
            : throw new ArgumentOutOfRangeException(nameof(inputSchema), expected.Name,
                $"The feature column '{expected.Name}' has the type {found.TypeName}; the model was trained with {expected.TypeName}.");
    }
}
