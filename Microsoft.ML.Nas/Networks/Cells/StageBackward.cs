using Microsoft.ML.Nas.Operations.Kernels;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>Sends an edge's gradients back through its options, one example at a time.</summary>
/// <param name="pass">The use of the node.</param>
/// <param name="gradient">Of the node's sum.</param>
/// <param name="outputs">By unit, how gradients pass the last normalisation.</param>
/// <param name="middles">By unit, how they pass the one between two stages.</param>
/// <param name="middleGradients">By unit, where gradients between two stages are kept.</param>
internal sealed unsafe class StageBackward(MixedPass pass, float* gradient, NormGradient?[] outputs, NormGradient?[] middles, nint[] middleGradients)
{
    private readonly float* _gradient = gradient;
    private readonly MixedNode _node = pass.Node;
    private readonly int _plane = pass.Node.Plane;
    private readonly int _area = pass.Node.Layout.OutputArea;

    /// <summary>Second stages: fills the gradients between the stages.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="example">The example.</param>
    /// <param name="scratch">Memory.</param>
    /// <param name="sums">Where the parameters' gradients are added; null where they are not needed.</param>
    public void Second(int edge, int example, Scratch scratch, float* sums)
    {
        foreach (var unit in pass.UnitsOf(edge))
        {
            if (_node.Units[unit].Second is not { } stage) continue;
            var (moments, norm) = (pass.MiddleMoments[unit]!, middles[unit]!);
            var middle = pass.Middle(unit, example);
            var result = (float*)middleGradients[unit] + (long)example * stage.Inputs * _plane;
            new Span<float>(result, stage.Inputs * _plane).Clear();
            var padded = sums is null ? null : Padded(stage.Layout, stage.Inputs, middle, _plane, moments, scratch);
            Stage(stage, padded, OutputGradient(unit, example, scratch), scratch, sums, result);
            for (var channel = 0; channel < stage.Inputs; channel++)
            {
                var at = example * stage.Inputs + channel;
                (norm.Sums[at], norm.Dots[at]) = PlaneKernels.Rectify(result + channel * _plane, middle + channel * _plane, moments.Mean[channel], _plane);
            }
        }
    }

    /// <summary>First stages, poolings and skips: fills the gradient of the edge's input.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="example">The example.</param>
    /// <param name="scratch">Memory.</param>
    /// <param name="sums">Where the parameters' gradients are added; null where they are not needed.</param>
    /// <param name="inputGradient">The example's.</param>
    public void First(int edge, int example, Scratch scratch, float* sums, float* inputGradient)
    {
        var plan = _node.Edges[edge];
        var layout = plan.Layout;
        var source = pass.Source(edge, example);
        var step = layout.Phases * _plane;
        float* rectified = scratch.Zeros(ScratchPiece.RectifiedGradient, plan.Channels * step), direct = scratch.Zeros(ScratchPiece.DirectGradient, plan.Channels * step);
        var padded = sums is null ? null : Padded(layout, plan.Channels, source, layout.Area, null, scratch);
        foreach (var unit in pass.UnitsOf(edge))
        {
            var gradient = middles[unit] is null ? OutputGradient(unit, example, scratch) : MiddleGradient(unit, example, scratch);
            if (_node.Units[unit].First is { } stage) Stage(stage, padded, gradient, scratch, sums, rectified);
            else Pool(unit, plan, source, gradient, scratch, direct);
        }
        foreach (var option in pass.SkipsOf(edge))
        {
            for (var channel = 0; channel < plan.Channels; channel++)
                PlaneKernels.AddScaled(_gradient + ((long)example * _node.Outputs + channel) * _area, pass.Factor(edge, option), _area, direct + channel * step);
        }
        for (var channel = 0; channel < plan.Channels; channel++)
            PaddingKernels.Join(layout, source + channel * layout.Area, rectified + channel * step, direct + channel * step, inputGradient + channel * layout.Area);
    }

    /// <summary>Sends a stage's gradient back to its input, and adds its parameters'.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="padded">What its convolutions read, from <see cref="Padded"/>; null where the parameters' gradients are not needed.</param>
    /// <param name="gradient">Of the pointwise convolutions' outputs.</param>
    /// <param name="scratch">Memory.</param>
    /// <param name="sums">Where the parameters' gradients are added.</param>
    /// <param name="result">Where the gradient of the normalised and rectified input is added, a plane for each channel and phase.</param>
    private void Stage(ConvolutionStage stage, float* padded, float* gradient, Scratch scratch, float* sums, float* result)
    {
        var layout = stage.Layout;
        var (size, channels) = (PlaneLayout.VectorSize, stage.Inputs);
        var paddedGradient = scratch.Padded(ScratchPiece.PaddedGradient, layout, layout.GradientSize);
        var plane = scratch.Get(ScratchPiece.Plane, _plane + size);
        float* filtered = scratch.Get(ScratchPiece.Filtered, channels * _plane + size), filteredGradient = scratch.Get(ScratchPiece.FilteredGradient, channels * _plane);
        foreach (var branch in stage.Branches)
        {
            float* outputs = gradient + branch.First * _plane, pointwise = pass.Parameter(branch.Pointwise);
            PointwiseKernels.Multiply(pointwise, 1, channels, channels, branch.Outputs, outputs, filteredGradient, _plane);
            for (var channel = 0; channel < channels; channel++)
            {
                var weights = branch.Depthwise is { } slot ? pass.Parameter(slot) + channel * branch.Window.Count : null;
                PaddingKernels.PadGradient(layout, filteredGradient + channel * _plane, paddedGradient);
                if (padded is not null)
                {
                    var input = padded + channel * layout.InputSize;
                    DepthwiseKernels.Convolve(layout, branch.Window.Forward, weights, input, layout.InputBlocks, filtered + channel * _plane);
                    if (branch.Depthwise is { } depthwise)
                        DepthwiseKernels.AddWeightGradient(layout, branch.Window.Forward, input, paddedGradient, sums + (depthwise.Offset + channel * branch.Window.Count) * size);
                }
                SendBack(layout, branch.Window, weights, paddedGradient, plane, result + channel * layout.Phases * _plane);
            }
            if (padded is not null) PointwiseKernels.AddWeightGradient(branch.Outputs, channels, outputs, filtered, _plane, sums + branch.Pointwise.Offset * size);
        }
    }

    /// <summary>What depthwise convolutions read: all channels, normalised, rectified and padded.</summary>
    private static float* Padded(PlaneLayout layout, int channels, float* input, int inputPlane, ChannelMoments? moments, Scratch scratch)
    {
        var padded = scratch.Padded(ScratchPiece.PaddedInputs, layout, channels * layout.InputSize);
        for (var channel = 0; channel < channels; channel++)
            PaddingKernels.Pad(layout, input + channel * inputPlane, moments?.Mean[channel] ?? 0, moments?.Scale[channel] ?? 1, 0, padded + channel * layout.InputSize);
        return padded;
    }

    private void Pool(int index, MixedEdge plan, float* source, float* gradient, Scratch scratch, float* direct)
    {
        var (unit, layout, size) = (_node.Units[index], plan.Layout, PlaneLayout.VectorSize);
        var paddedGradient = scratch.Padded(ScratchPiece.PaddedGradient, layout, layout.GradientSize);
        var plane = scratch.Get(ScratchPiece.Plane, _plane + size);
        for (var channel = 0; channel < plan.Channels; channel++)
        {
            float* from = gradient + channel * _plane, to = direct + channel * layout.Phases * _plane;
            if (unit.InverseCounts is { } counts)
            {
                fixed (float* factors = counts) PlaneKernels.Multiply(from, factors, _plane);
                PaddingKernels.PadGradient(layout, from, paddedGradient);
                SendBack(layout, unit.Pool!, null, paddedGradient, plane, to);
                continue;
            }
            PaddingKernels.PadGradient(layout, from, paddedGradient);
            var padded = scratch.Padded(ScratchPiece.PaddedPooling, layout, layout.InputSize, float.NegativeInfinity);
            var chosen = scratch.Get(ScratchPiece.Chosen, layout.GradientSize);
            PaddingKernels.Pad(layout, source + channel * layout.Area, 0, 1, float.NegativeInfinity, padded);
            DepthwiseKernels.FindLargest(layout, unit.Pool!.Forward, padded, chosen);
            for (var phase = 0; phase < layout.Phases; phase++)
            {
                DepthwiseKernels.SendToLargest(layout, unit.Pool.Backward[phase], chosen, paddedGradient, plane);
                PlaneKernels.AddScaled(plane, 1, _plane, to + phase * _plane);
            }
        }
    }

    private void SendBack(PlaneLayout layout, Window window, float* weights, float* paddedGradient, float* plane, float* result)
    {
        for (var phase = 0; phase < layout.Phases; phase++)
        {
            if (window.Backward[phase].Offsets.Length == 0) continue;
            DepthwiseKernels.Convolve(layout, window.Backward[phase], weights, paddedGradient, layout.GradientBlocks, plane);
            PlaneKernels.AddScaled(plane, 1, _plane, result + phase * _plane);
        }
    }

    /// <summary>The gradient of a unit's last outputs before normalisation.</summary>
    private float* OutputGradient(int unit, int example, Scratch scratch) => outputs[unit]!.SendBack(
        _gradient + (long)example * _node.Outputs * _area, _area, pass.Output(unit, example), _area, _plane, scratch);

    private float* MiddleGradient(int unit, int example, Scratch scratch) => middles[unit]!.SendBack(
        (float*)middleGradients[unit] + (long)example * _node.Units[unit].First!.Outputs * _plane, _plane, pass.Middle(unit, example), _area, _plane, scratch);
}
