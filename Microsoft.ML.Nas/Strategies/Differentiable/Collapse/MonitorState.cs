namespace Microsoft.ML.Nas.Strategies.Differentiable.Collapse;

/// <summary>A monitor's course as numbers, and back: per epoch its number, share and eigenvalue, and the probabilities of all mixed options.</summary>
internal static class MonitorState
{
    public static double[] Write(CollapseMonitor monitor) =>
        [.. monitor.Points.Zip(monitor.History).SelectMany(static pair => (double[])
            [pair.First.Epoch, pair.First.ParameterFreeShare, pair.First.LargestEigenvalue, .. pair.Second.SelectMany(static options => options ?? []).Select(static value => (double)value)])];

    /// <param name="monitor">A new monitor.</param>
    /// <param name="values">What was written.</param>
    /// <param name="shape">The number of options of each decision; null where it is not mixed.</param>
    public static void Read(CollapseMonitor monitor, double[] values, IReadOnlyList<int?> shape)
    {
        for (var position = 0; position < values.Length;)
        {
            var point = new CollapsePoint((int)values[position], values[position + 1], values[position + 2]);
            position += 3;
            var probabilities = new float[]?[shape.Count];
            for (var decision = 0; decision < shape.Count; decision++)
            {
                if (shape[decision] is not { } options) continue;
                probabilities[decision] = [.. values.AsSpan(position, options).ToArray().Select(static value => (float)value)];
                position += options;
            }
            monitor.Add(point, probabilities);
        }
    }
}
