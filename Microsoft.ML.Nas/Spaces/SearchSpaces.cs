using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>The search spaces that come with the library.</summary>
public static class SearchSpaces
{
    /// <summary>
    /// Networks for tables: how numbers are encoded (standardised; quantile piecewise-linear or periodic, Gorishniy 2022), then one to four
    /// blocks (MLP, residual, gated), each with its own activation and normalisation; the width and dropout of all; and whether one
    /// network or the parameter-efficient ensemble of TabM (Gorishniy 2024) is trained.
    /// </summary>
    /// <param name="widths">The numbers of hidden units to choose from. Default 64, 128, 256.</param>
    /// <param name="maxBlocks">The largest number of blocks. Default 4.</param>
    /// <param name="members">The number of ensemble members that the ensemble has. Default 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static SearchSpace Tabular(IReadOnlyList<int>? widths = null, int maxBlocks = 4, int members = 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBlocks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 2);
        int[] units = [.. widths ?? [64, 128, 256]];
        var width = units.Length == 1 ? units[0] : Setting.Shared("width", units);
        var dropout = new Dropout(Setting.Shared("dropout", 0f, 0.1f, 0.25f, 0.4f).AsRegularization());
        var ensemble = new EnsembleMembers(Setting.Shared("members", 1, members).AsRegularization());

        var activation = new Choice("activation", ("relu", new Relu()), ("gelu", new Gelu()), ("silu", new Silu()));
        var norm = new Choice("norm", ("none", new Identity()), ("layer", new LayerNorm()), ("batch", new BatchNorm()));
        var block = new Choice("block",
            ("mlp", new Chain(new Linear(width), norm, activation, dropout)),
            ("residual", new Residual(new Chain(norm, new Linear(width), activation, dropout, new Linear(width)))),
            ("gated", new Residual(new Chain(norm, new GatedLinearUnit(width), dropout))));
        var stem = new Choice("encoding",
            ("standardized", new Chain(new StandardizedEncoding(), new Linear(width))),
            ("quantile", new Chain(new QuantileEncoding(48), new Linear(width))),
            ("periodic", new Chain(new PeriodicEncoding(16, 0.3f), new Linear(width))));
        var root = new Chain(stem, ensemble, new Relu(), dropout, new Repeat("blocks", block, 1, maxBlocks));
        return new SearchSpace("tabular", root, ExampleTable);
    }

    private static TableShape ExampleTable => new([[-1f, 0f, 1f]], [3]);
}
