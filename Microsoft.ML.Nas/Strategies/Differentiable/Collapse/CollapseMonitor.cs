namespace Microsoft.ML.Nas.Strategies.Differentiable.Collapse;

/// <summary>Watches a differentiable search for collapse, and says when it should end and which epoch to trust.</summary>
/// <remarks>Its whole state is what it has been told, so that a search that continues tells it again.</remarks>
internal sealed class CollapseMonitor(CollapseOptions options)
{
    private readonly List<CollapsePoint> _points = [];
    private readonly List<float[]?[]> _probabilities = [];
    private int _stable;
    private bool _parameterFreeSeen;
    private bool _eigenvalueRose;

    /// <summary>What was seen, an entry an epoch.</summary>
    public IReadOnlyList<CollapsePoint> Points => _points;

    /// <summary>The probabilities of every epoch.</summary>
    public IReadOnlyList<float[]?[]> History => _probabilities;

    /// <summary>The rule that says stop; None while none does.</summary>
    public CollapseStops StoppedBy { get; private set; }

    /// <summary>The position in <see cref="History"/> of the epoch to derive the architecture from; -1 before there is one.</summary>
    public int Derived { get; private set; } = -1;

    public void Add(CollapsePoint point, float[]?[] probabilities)
    {
        _stable = _probabilities.Count > 0 && SameOrder(_probabilities[^1], probabilities) ? _stable + 1 : 0;
        _points.Add(point);
        _probabilities.Add(probabilities);
        if (StoppedBy != CollapseStops.None) return;
        var last = Derived;
        Derived = _points.Count - 1;
        var free = point.ParameterFreeShare > options.MaxParameterFreeShare;
        var rose = EigenvalueRises();
        _parameterFreeSeen |= free;
        _eigenvalueRose |= rose;
        if (free && options.StopRules.HasFlag(CollapseStops.ParameterFreeShare)) Stop(CollapseStops.ParameterFreeShare, Math.Max(last, 0));
        else if (rose && options.StopRules.HasFlag(CollapseStops.Eigenvalue)) Stop(CollapseStops.Eigenvalue, _points.Count - 1 - options.EigenvalueWindow);
        else if (_stable >= options.StableEpochs && options.StopRules.HasFlag(CollapseStops.StableRanking)) Stop(CollapseStops.StableRanking, Derived);
    }

    public CollapseReport Report() => new([.. _points], Derived < 0 ? 0 : _points[Derived].Epoch, StoppedBy, _parameterFreeSeen, _eigenvalueRose);

    private void Stop(CollapseStops rule, int derived) => (StoppedBy, Derived) = (rule, derived);

    /// <summary>The paper's rule: the mean over a window that ended a window ago is less than the ratio times the mean over the last one.</summary>
    private bool EigenvalueRises()
    {
        var window = options.EigenvalueWindow;
        if (_points.Count < 2 * window) return false;
        var (before, now) = (Mean(_points.Count - 2 * window), Mean(_points.Count - window));
        return now > 0 && before / now < options.EigenvalueRatio;

        double Mean(int start) => _points.Skip(start).Take(window).Average(static point => point.LargestEigenvalue);
    }

    private static bool SameOrder(float[]?[] left, float[]?[] right) =>
        left.Zip(right).All(static pair => pair.First is null || Order(pair.First).SequenceEqual(Order(pair.Second!)));

    private static IEnumerable<int> Order(float[] options) => Enumerable.Range(0, options.Length).OrderByDescending(option => options[option]);
}
