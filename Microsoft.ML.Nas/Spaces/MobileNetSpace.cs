using System.Globalization;
using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>Builds <see cref="SearchSpaces.MobileNet"/>.</summary>
internal static class MobileNetSpace
{
    private const int StemChannels = 32;
    private const int FirstChannels = 16;
    private const int LastChannels = 1280;
    private const int SmallImage = 96;

    /// <summary>Channels are multiples of this, as in the published networks.</summary>
    private const int Divisor = 8;

    /// <summary>Channels, stride, and how many blocks MobileNetV2 has.</summary>
    private static readonly (int Channels, int Stride, int Depth)[] Stages = [(24, 2, 2), (32, 2, 3), (64, 2, 4), (96, 1, 3), (160, 2, 3), (320, 1, 1)];

    public static SearchSpace Create(float[] widths, int maxDepth, bool searchesSqueezeExcite, Shape exampleInput)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDepth, 1);
        if (widths.Length == 0 || widths.Any(static width => !(width > 0 && float.IsFinite(width))))
            throw new ArgumentException($"Width multipliers must be positive, and there must be one at least; they are: {string.Join(", ", widths)}.", nameof(widths));
        if (widths.DistinctBy(static width => Rounded(Stages[^1].Channels * width)).Count() != widths.Length)
            throw new ArgumentException($"Two of the width multipliers {string.Join(", ", widths)} give the same channels, which are multiples of {Divisor}.", nameof(widths));
        var isSmall = exampleInput.Dimensions.Length == Shape.ImageRank && Math.Min(exampleInput.Dimensions[1], exampleInput.Dimensions[2]) < SmallImage;
        var blocks = new List<Block>
        {
            new Conv2d(Scaled(StemChannels, widths), 3) { HasBias = false, Stride = isSmall ? 1 : 2 }, new BatchNorm(), new Relu6(),
            new InvertedResidual(Scaled(FirstChannels, widths), 3, 1),
        };
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            var channels = Scaled(Stages[stage].Channels, widths);
            var depth = stage == Stages.Length - 1 ? 1 : maxDepth;
            var first = new Scope("first", Block(channels, isSmall && stage == 0 ? 1 : Stages[stage].Stride, searchesSqueezeExcite)) { OwnsSharedSettings = false };
            var blocksOfStage = depth == 1 ? first : (Spaces.Block)new Chain(first, new Repeat("more", Block(channels, 1, searchesSqueezeExcite), 0, depth - 1));
            blocks.Add(new Scope($"stage{stage + 1}", blocksOfStage) { OwnsSharedSettings = false });
        }
        blocks.AddRange([new Conv2d(Scaled(LastChannels, widths, leastWidth: 1), 1) { HasBias = false }, new BatchNorm(), new Relu6(), new GlobalAveragePool()]);
        return new SearchSpace("mobilenet", new Chain([.. blocks]), exampleInput, MobileNetV2(widths, maxDepth));
    }

    private static InvertedResidual Block(Setting<int> channels, int stride, bool searchesSqueezeExcite) =>
        new(channels, Setting.OneOf("kernel", 3, 5, 7), Setting.OneOf("expansion", 3, 4, 6))
        {
            Stride = stride,
            SqueezeExcite = searchesSqueezeExcite ? Setting.OneOf("squeezeExcite", false, true) : false,
        };

    /// <summary>A number of channels that follows the width multiplier.</summary>
    private static Setting<int> Scaled(int channels, float[] widths, float leastWidth = 0) => widths.Length == 1
        ? Rounded(channels * Math.Max(leastWidth, widths[0]))
        : Setting.Shared("width", [.. widths.Select(width => (width.ToString(CultureInfo.InvariantCulture), Rounded(channels * Math.Max(leastWidth, width))))]);

    /// <summary>The nearest multiple of eight, but no less than nine tenths of the number (Howard 2017).</summary>
    private static int Rounded(float channels)
    {
        var rounded = Math.Max(Divisor, (int)(channels + Divisor / 2f) / Divisor * Divisor);
        return rounded < 0.9f * channels ? rounded + Divisor : rounded;
    }

    private static Dictionary<string, string> MobileNetV2(float[] widths, int maxDepth)
    {
        var decisions = new Dictionary<string, string>();
        if (widths.Length > 1) decisions["width"] = widths.MinBy(static width => Math.Abs(width - 1)).ToString(CultureInfo.InvariantCulture);
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            var more = stage == Stages.Length - 1 ? 0 : Math.Min(Stages[stage].Depth, maxDepth) - 1;
            decisions[$"stage{stage + 1}.first.expansion"] = "6";
            if (more > 0) decisions[$"stage{stage + 1}.more"] = more.ToString(CultureInfo.InvariantCulture);
            for (var copy = 0; copy < more; copy++) decisions[$"stage{stage + 1}.more[{copy}].expansion"] = "6";
        }
        return decisions;
    }
}
