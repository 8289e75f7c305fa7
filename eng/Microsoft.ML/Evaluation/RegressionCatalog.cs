using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class RegressionCatalog : TrainCatalogBase
{
    internal RegressionCatalog(HostEnvironment env) : base(env) => Trainers = new RegressionTrainers();

    public RegressionTrainers Trainers { get; }

    public RegressionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
        => new(data, labelColumnName, scoreColumnName);

    public sealed class RegressionTrainers : CatalogInstantiatorBase
    {
        internal RegressionTrainers()
        {
        }
    }
}
