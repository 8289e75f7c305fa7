using Microsoft.ML.Nas.Evaluation;

namespace Microsoft.ML.Nas.Reports.Statistics;

/// <summary>
/// Whether probabilities mean what they say: rows by what the model says, and how often that is right. For two classes the probability of
/// the positive one against how often it is true; for more, the most probable class's (Guo 2017).
/// </summary>
/// <param name="Bins">Equally wide ranges of probability that hold rows.</param>
/// <param name="ExpectedError">The expected calibration error (Naeini 2015): the mean distance of what is said from what is true, by weight of the bins.</param>
internal sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, double ExpectedError)
{
    /// <summary>The number of ranges.</summary>
    public const int BinCount = 10;

    public static Calibration Of(ValidationAnswers answers)
    {
        var (weight, said, true_) = (new double[BinCount], new double[BinCount], new double[BinCount]);
        foreach (var row in answers.Known())
        {
            var (top, probability) = answers.Predictions.MostProbable(row);
            var right = answers.Predictions.Columns == 1 ? answers.Labels[row] > 0.5f : top == (int)answers.Labels[row];
            if (answers.Predictions.Columns == 1) probability = answers.Predictions.Values[row];
            var bin = Math.Min(BinCount - 1, (int)(probability * BinCount));
            var one = answers.Weights?[row] ?? 1;
            (weight[bin], said[bin], true_[bin]) = (weight[bin] + one, said[bin] + one * probability, true_[bin] + (right ? one : 0));
        }
        var total = weight.Sum();
        CalibrationBin[] bins = [.. Enumerable.Range(0, BinCount).Where(bin => weight[bin] > 0).Select(bin => new CalibrationBin(said[bin] / weight[bin], true_[bin] / weight[bin], weight[bin] / total))];
        return new(bins, bins.Sum(static bin => bin.Share * Math.Abs(bin.Said - bin.True)));
    }
}
