using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Nas;

namespace Benchmarks;

/// <summary>Data that searches are compared on.</summary>
internal interface IProblem
{
    string Name { get; }

    string MetricName { get; }

    bool HigherIsBetter { get; }

    IDataView Train(MLContext ml);

    IDataView Test(MLContext ml);

    /// <summary>A space without shipped starts whose networks train within seconds.</summary>
    SearchSpace SmallSpace();

    /// <summary>What comes before the search, and the search.</summary>
    EstimatorChain<ArchitectureTransformer> Pipeline(MLContext ml, SearchOptions options);

    double Measure(MLContext ml, IDataView scored);
}
