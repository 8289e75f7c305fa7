using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Evaluation.Robustness;

/// <summary>Puts noise on rows of a table, before they are encoded.</summary>
internal static class FeatureNoise
{
    /// <summary>The given rows of a table with noise; row i of the result is row <c>rows[i]</c>.</summary>
    /// <param name="table">The table.</param>
    /// <param name="encoder">Its encoder, which knows the standard deviations of training rows.</param>
    /// <param name="rows">The rows to disturb.</param>
    /// <param name="training">The rows that categories are drawn from.</param>
    /// <param name="strength">Standard deviations, and the probability that a category is replaced.</param>
    /// <param name="random">Draws the noise.</param>
    public static RawTable Apply(RawTable table, FeatureEncoder encoder, int[] rows, int[] training, double strength, Random random)
    {
        var scalings = encoder.Numbers.ToDictionary(static number => number.Slot, static number => 1 / number.InverseStd);
        var booleans = table.Plan.NumberSlots().Select(static slot => slot.Column.Kind == FeatureKind.Boolean).ToArray();
        var numbers = table.Numbers.Select((column, slot) =>
        {
            var noisy = new NumberColumn(typeof(double));
            foreach (var row in rows)
                noisy.Append(booleans[slot] ? Replaced(column[row], other => column[other]) : column[row] + strength * scalings.GetValueOrDefault(slot) * Gaussian(random));
            return noisy;
        }).ToArray();
        var categories = table.Categories.Select(column =>
        {
            var noisy = new CategoryColumn();
            // The same values in the same order have the same codes.
            foreach (var value in column.Values) _ = value.Text is { } text ? noisy.CodeOf(text) : noisy.CodeOf(value.Key);
            foreach (var row in rows) noisy.Append(Replaced(column.Codes[row], other => column.Codes[other]));
            return noisy;
        }).ToArray();
        return new(table.Plan, numbers, categories, Array.ConvertAll(rows, row => table.Labels[row]), null);

        T Replaced<T>(T value, Func<int, T> of) => random.NextDouble() < strength ? of(training[random.Next(training.Length)]) : value;
    }

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
