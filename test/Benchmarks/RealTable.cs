using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;
using Microsoft.ML.Transforms;

namespace Benchmarks;

/// <summary>One of the real tables in shared/data/tabular: a train and a test file with the label first.</summary>
internal sealed class RealTable : IProblem
{
    public static readonly string[] All = ["letter", "satellite", "dna", "telco-churn", "diamonds"];

    private readonly string _folder;
    private readonly TextLoader.Column[] _columns;

    public RealTable(string name)
    {
        Name = name;
        _folder = SharedData.Folder("tabular");
        var lines = File.ReadLines(Path.Combine(_folder, $"{name}.train.csv")).Take(2000).Select(static line => line.Split(',')).ToArray();
        Task = name switch { "diamonds" => LearningTask.Regression, "telco-churn" => LearningTask.BinaryClassification, _ => LearningTask.MulticlassClassification };
        _columns = [.. lines[0].Select((column, index) => new TextLoader.Column(column.Replace('.', '_'), KindOf(column, lines.Skip(1).Select(line => line[index])), index))];
    }

    public string Name { get; }

    public LearningTask Task { get; }

    public string MetricName => Task switch { LearningTask.Regression => "RMSE", LearningTask.BinaryClassification => "AUC", _ => "accuracy" };

    public bool HigherIsBetter => Task != LearningTask.Regression;

    public string TrainPath => Path.Combine(_folder, $"{Name}.train.csv");

    public IDataView Train(MLContext ml) => Load(ml, "train");

    public IDataView Test(MLContext ml) => Load(ml, "test");

    public SearchSpace SmallSpace()
    {
        var shipped = SearchSpaces.Tabular(widths: [32, 64, 128], members: [1]);
        return new(shipped.Name, shipped.Root, shipped.Input);
    }

    /// <summary>What comes before the search: text labels become keys, in an order that does not depend on the rows'.</summary>
    public EstimatorChain<ArchitectureTransformer> Pipeline(MLContext ml, SearchOptions options) => Task == LearningTask.MulticlassClassification
        ? ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).SearchArchitecture(ml, options)
        : new EstimatorChain<ITransformer>().SearchArchitecture(ml, options);

    public double Measure(MLContext ml, IDataView scored) => Task switch
    {
        LearningTask.Regression => ml.Regression.Evaluate(scored).RootMeanSquaredError,
        LearningTask.BinaryClassification => ml.BinaryClassification.Evaluate(scored).AreaUnderRocCurve,
        _ => ml.MulticlassClassification.Evaluate(scored).MicroAccuracy,
    };

    private IDataView Load(MLContext ml, string part) => ml.Data.LoadFromTextFile(Path.Combine(_folder, $"{Name}.{part}.csv"),
        new TextLoader.Options { Columns = _columns, Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true });

    private DataKind KindOf(string column, IEnumerable<string> values)
    {
        if (column == "Label" && Task == LearningTask.BinaryClassification) return DataKind.Boolean;
        return values.All(static value => value.Length == 0 || float.TryParse(value, CultureInfo.InvariantCulture, out _)) ? DataKind.Single : DataKind.String;
    }
}
