using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>
/// A choice that works on the first part of the channels; the others pass, pooled where the options halve the image, and all are shuffled
/// afterwards so that the next choice works on others (Xu 2020, PC-DARTS, section 3.2).
/// </summary>
internal sealed class SuperPartialChoice : SuperModule
{
    private readonly SuperModule _choice;
    private readonly int _parts;
    private readonly int _axis;
    private readonly bool _halves;

    private SuperPartialChoice(SuperModule choice, int parts, int axis, bool halves) : base(nameof(SuperPartialChoice))
    {
        (_choice, _parts, _axis, _halves) = (choice, parts, axis, halves);
        Register([choice]);
    }

    /// <summary>Creates the module; null where an option is made for other channels than its input has, or cannot be made for a part of them.</summary>
    public static (SuperModule Module, Shape LargestOutput)? TryCreate(ChoiceNode choice, Shape input)
    {
        var (axis, channels) = (input.ChannelAxis, input.Channels);
        if (input.GetType() != typeof(Shape) || channels % choice.Parts != 0) return null;
        var part = input.WithChannels(channels / choice.Parts);
        var options = choice.Options.Select(option => PartialChannels.PartOf(option, choice.Parts)).OfType<SpaceNode>().ToArray();
        if (options.Length < choice.Options.Length) return null;
        var output = PartialChannels.OutputOf(choice.Options[0], input);
        if (output.Dimensions.Length != input.Dimensions.Length || output.Dimensions[axis] != channels) return null;
        if (choice.Options.Any(option => PartialChannels.OutputOf(option, input) != output)) return null;
        if (options.Any(option => PartialChannels.OutputOf(option, part) != output.WithChannels(channels / choice.Parts))) return null;
        var halves = output != input;
        if (halves && !(axis == 0 && output.Dimensions[1] == (input.Dimensions[1] + 1) / 2 && output.Dimensions[2] == (input.Dimensions[2] + 1) / 2)) return null;
        return (new SuperPartialChoice(SupernetBuilder.Create(new ChoiceNode(choice.Decision, [.. options]), part).Module, choice.Parts, axis + 1, halves), output);
    }

    private protected override Tensor Compute(Tensor input, Mixture mixture)
    {
        // An input that is narrower than the largest is divided in the same proportion.
        var channels = input.shape[_axis];
        var part = Math.Max(1, channels / _parts);
        var passing = input.narrow(_axis, part, channels - part);
        if (_halves) passing = functional.max_pool2d(passing, 2, 2, ceil_mode: true);
        return Shuffled(cat([_choice.call(input.narrow(_axis, 0, part), mixture), passing], _axis));
    }

    private Tensor Shuffled(Tensor value)
    {
        var shape = value.shape;
        if (shape[_axis] % _parts != 0) return value;
        long[] divided = [.. shape[.._axis], _parts, shape[_axis] / _parts, .. shape[(_axis + 1)..]];
        return value.reshape(divided).transpose(_axis, _axis + 1).reshape(shape);
    }
}
