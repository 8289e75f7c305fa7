using System.Collections.Generic;

namespace Microsoft.ML.Data;

public sealed class ConfusionMatrix
{
    internal ConfusionMatrix()
    {
    }

    public IReadOnlyList<double> PerClassPrecision { get; internal init; }

    public IReadOnlyList<double> PerClassRecall { get; internal init; }

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; internal init; }

    public int NumberOfClasses { get; internal init; }

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex) => throw new System.NotImplementedException();

    public string GetFormattedConfusionTable() => throw new System.NotImplementedException();
}
