using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>The search spaces that come with the library.</summary>
public static partial class SearchSpaces
{
    /// <summary>
    /// Networks for tables: how numbers are encoded (standardised, quantile piecewise-linear, both, or periodic: Gorishniy 2022); up to three
    /// blocks (MLP, residual, gated), each with its own normalisation and activation; width, dropout of inputs and of hidden units; and
    /// whether one network or the parameter-efficient ensemble of TabM (Gorishniy 2024) is trained.
    /// </summary>
    /// <param name="widths">The numbers of hidden units to choose from. Default 64, 128, 256.</param>
    /// <param name="maxBlocks">The largest number of blocks. Default 3.</param>
    /// <param name="members">The numbers of ensemble members to choose from. Default 1, 4, 8, 16.</param>
    /// <exception cref="ArgumentException">A number is not positive, or there are none.</exception>
    public static SearchSpace Tabular(IReadOnlyList<int>? widths = null, int maxBlocks = 3, IReadOnlyList<int>? members = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBlocks, 1);
        int[] units = [.. widths ?? [64, 128, 256]], counts = [.. members ?? [1, 4, 8, 16]];
        var width = SharedOrFixed("width", units);
        var dropout = new Dropout(Setting.Shared("dropout", 0f, 0.1f, 0.25f, 0.4f).AsRegularization());
        var inputDropout = new Dropout(Setting.Shared("inputDropout", 0f, 0.1f, 0.25f).AsRegularization());
        var ensemble = new EnsembleMembers(SharedOrFixed("members", counts).AsRegularization());

        var norm = new Choice("norm", ("layer", new LayerNorm()), ("none", new Identity()), ("batch", new BatchNorm()));
        var activation = new Choice("activation", ("relu", new Relu()), ("gelu", new Gelu()), ("silu", new Silu()));
        var block = new Choice("block",
            ("mlp", new Chain(norm, activation, dropout, new Linear(width))),
            ("residual", new Residual(new Chain(norm, new Linear(width), activation, dropout, new Linear(width)))),
            ("gated", new Residual(new Chain(norm, new GatedLinearUnit(width), dropout, new Linear(width)))));
        var encoding = new Choice("encoding",
            ("standardized", new Chain(new StandardizedEncoding(), inputDropout, new Linear(width))),
            ("quantile", new Chain(new QuantileEncoding(QuantileBins), inputDropout, new Linear(width))),
            ("both", new Chain(new QuantileEncoding(QuantileBins) { KeepsNumbers = true }, inputDropout, new Linear(width))),
            ("periodic", new Chain(new PeriodicEncoding(16, 0.1f), inputDropout, new Linear(width))));
        var output = new Choice("output", ("normed", new LayerNorm()), ("plain", new Identity()));
        var root = new Chain(encoding, ensemble, new Repeat("blocks", block, 0, maxBlocks), output, activation, dropout);
        return new SearchSpace("tabular", root, ExampleTable, TabularStarts.For(units, counts, maxBlocks));
    }

    private static Setting<int> SharedOrFixed(string name, int[] values) => values.Length == 1 ? values[0] : Setting.Shared(name, values);

    private const int QuantileBins = 16;

    private static TableShape ExampleTable => new([[-1f, 0f, 1f]], [3]);
}
