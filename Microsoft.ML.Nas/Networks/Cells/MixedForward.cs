using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>Computes a node: the weighted sum of its edges' options, in three sweeps between which batch statistics are complete.</summary>
internal sealed unsafe class MixedForward(MixedPass pass)
{
    private readonly MixedNode _node = pass.Node;
    private readonly int _plane = pass.Node.Plane;
    private readonly int _area = pass.Node.Layout.OutputArea;
    private readonly (int[] Units, ConvolutionBranch[] Branches)[] _convolutions = new (int[], ConvolutionBranch[])[pass.Node.Edges.Length];

    public Tensor Run()
    {
        Allocate();
        pass.Locate();
        Scratch.Run(pass.Edges.Length * pass.Batch, (item, scratch) => FirstStages(pass.Edges[item / pass.Batch], item % pass.Batch, scratch));
        foreach (var moments in pass.MiddleMoments) moments?.Finish(_area);
        var deep = pass.Edges.Where(pass.IsDeep).ToArray();
        if (deep.Length > 0) Scratch.Run(deep.Length * pass.Batch, (item, scratch) => SecondStages(deep[item / pass.Batch], item % pass.Batch, scratch));
        foreach (var moments in pass.OutputMoments) moments?.Finish(_area);
        var sum = empty(pass.Batch, _node.Outputs, _node.Layout.OutputHeight, _node.Layout.OutputWidth);
        var to = TensorMemory.Of(sum);
        Scratch.Run(pass.Batch, (example, _) => Sum(example, to + (long)example * _node.Outputs * _area));
        return sum;
    }

    private void Allocate()
    {
        foreach (var edge in pass.Edges)
        {
            int[] convolutions = [.. pass.UnitsOf(edge).Where(unit => _node.Units[unit].First is not null)];
            _convolutions[edge] = (convolutions, [.. convolutions.SelectMany(unit => _node.Units[unit].First!.Branches)]);
            foreach (var index in pass.UnitsOf(edge))
            {
                var unit = _node.Units[index];
                pass.Outputs[index] = Planes(_node.Outputs);
                if (unit.IsNormalized) pass.OutputMoments[index] = new ChannelMoments(pass.Batch, _node.Outputs);
                if (unit.Second is null) continue;
                pass.Middles[index] = Planes(unit.First!.Outputs);
                pass.MiddleMoments[index] = new ChannelMoments(pass.Batch, unit.First.Outputs);
            }
        }

        Tensor Planes(int channels) => empty((long)pass.Batch * channels * _plane);
    }

    private void FirstStages(int edge, int example, Scratch scratch)
    {
        var plan = _node.Edges[edge];
        var layout = plan.Layout;
        var source = pass.Source(edge, example);
        var padded = scratch.Padded(ScratchPiece.PaddedInput, layout, layout.InputSize);
        var units = pass.UnitsOf(edge);
        var (convolutions, branches) = _convolutions[edge];
        var step = plan.Channels * _plane + PlaneLayout.VectorSize;
        var filtered = scratch.Get(ScratchPiece.Filtered, branches.Length * step);
        for (var channel = 0; channel < plan.Channels && branches.Length > 0; channel++)
        {
            PaddingKernels.Pad(layout, source + channel * layout.Area, 0, 1, 0, padded);
            for (var i = 0; i < branches.Length; i++) Filter(layout, branches[i], channel, padded, filtered + i * step + channel * _plane);
        }
        var next = filtered;
        foreach (var unit in convolutions)
        {
            var stage = _node.Units[unit].First!;
            var outputs = pass.Middles[unit] is null ? pass.Output(unit, example) : pass.Middle(unit, example);
            var moments = pass.MiddleMoments[unit] ?? pass.OutputMoments[unit]!;
            foreach (var branch in stage.Branches)
            {
                Mix(stage, branch, next, outputs);
                next += step;
            }
            moments.Add(example, outputs, _area, _plane);
        }
        foreach (var unit in units) if (_node.Units[unit].Pool is not null) Pool(unit, plan, source, example, scratch);
    }

    private void SecondStages(int edge, int example, Scratch scratch)
    {
        var plan = _node.Edges[edge];
        var layout = plan.Output;
        var padded = scratch.Padded(ScratchPiece.PaddedInput, layout, layout.InputSize);
        var filtered = scratch.Get(ScratchPiece.Filtered, plan.Channels * _plane + PlaneLayout.VectorSize);
        foreach (var unit in pass.UnitsOf(edge))
        {
            if (_node.Units[unit].Second is not { } stage) continue;
            float* inputs = pass.Middle(unit, example), outputs = pass.Output(unit, example);
            var (moments, branch) = (pass.MiddleMoments[unit]!, stage.Branches[0]);
            for (var channel = 0; channel < stage.Inputs; channel++)
            {
                PaddingKernels.Pad(layout, inputs + channel * _plane, moments.Mean[channel], moments.Scale[channel], 0, padded);
                Filter(layout, branch, channel, padded, filtered + channel * _plane);
            }
            Mix(stage, branch, filtered, outputs);
            pass.OutputMoments[unit]!.Add(example, outputs, _area, _plane);
        }
    }

    private void Filter(PlaneLayout layout, ConvolutionBranch branch, int channel, float* padded, float* to)
    {
        var weights = branch.Depthwise is { } slot ? pass.Parameter(slot) + channel * branch.Window.Count : null;
        DepthwiseKernels.Convolve(layout, branch.Window.Forward, weights, padded, layout.InputBlocks, to);
    }

    private void Mix(ConvolutionStage stage, ConvolutionBranch branch, float* filtered, float* outputs) => PointwiseKernels.Multiply(
        pass.Parameter(branch.Pointwise), stage.Inputs, 1, branch.Outputs, stage.Inputs, filtered, outputs + branch.First * _plane, _plane);

    private void Pool(int index, MixedEdge plan, float* source, int example, Scratch scratch)
    {
        var (unit, layout) = (_node.Units[index], plan.Layout);
        var outputs = pass.Output(index, example);
        var result = scratch.Get(ScratchPiece.Plane, _plane + PlaneLayout.VectorSize);
        var padded = unit.InverseCounts is null
            ? scratch.Padded(ScratchPiece.PaddedPooling, layout, layout.InputSize, float.NegativeInfinity)
            : scratch.Padded(ScratchPiece.PaddedInput, layout, layout.InputSize);
        for (var channel = 0; channel < plan.Channels; channel++)
        {
            PaddingKernels.Pad(layout, source + channel * layout.Area, 0, 1, float.NegativeInfinity, padded);
            if (unit.InverseCounts is { } counts)
            {
                DepthwiseKernels.Convolve(layout, unit.Pool!.Forward, null, padded, layout.InputBlocks, result);
                fixed (float* factors = counts) PlaneKernels.Multiply(result, factors, _plane);
            }
            else
            {
                DepthwiseKernels.Largest(layout, unit.Pool!.Forward, padded, result);
            }
            new ReadOnlySpan<float>(result, _plane).CopyTo(new Span<float>(outputs + channel * _plane, _plane));
        }
        pass.OutputMoments[index]?.Add(example, outputs, _area, _plane);
    }

    private void Sum(int example, float* to)
    {
        var count = _node.Units.Length + _node.Edges.Sum(static edge => edge.Skips.Length);
        var (planes, factors) = (new nint[count], new float[count]);
        for (var channel = 0; channel < _node.Outputs; channel++)
        {
            var (terms, shift) = (0, 0f);
            foreach (var edge in pass.Edges)
            {
                foreach (var unit in pass.UnitsOf(edge))
                {
                    var (factor, moments) = (pass.Factor(edge, _node.Units[unit].Option), pass.OutputMoments[unit]);
                    if (factor == 0) continue;
                    if (moments is not null)
                    {
                        factor *= moments.Scale[channel];
                        shift -= factor * moments.Mean[channel];
                    }
                    planes[terms] = (nint)(pass.Output(unit, example) + channel * _plane);
                    factors[terms++] = factor;
                }
                foreach (var option in pass.SkipsOf(edge))
                {
                    planes[terms] = (nint)(pass.Source(edge, example) + channel * _area);
                    factors[terms++] = pass.Factor(edge, option);
                }
            }
            PlaneKernels.Sum(planes.AsSpan(0, terms), factors, shift, _area, to + channel * _area);
        }
    }
}
