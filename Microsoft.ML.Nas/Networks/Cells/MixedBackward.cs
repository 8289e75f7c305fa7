using System.Numerics;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>Sends the gradient of a node's sum back to its inputs, its options' weights and its parameters.</summary>
internal sealed unsafe class MixedBackward
{
    /// <summary>The examples are dealt out to so many parts at most, whatever the number of threads, and the parts' sums added up in order.</summary>
    private const int MaxParts = 8;

    private readonly MixedPass _pass;
    private readonly MixedNode _node;
    private readonly int _plane;
    private readonly int _area;
    private readonly float* _gradient;
    private readonly int _parts;
    private readonly float[] _gradientSums;
    private readonly NormGradient?[] _outputs;
    private readonly NormGradient?[] _middles;
    private readonly Tensor?[] _middleGradients;
    private readonly float[]?[] _parameterSums;
    private readonly float[]?[] _skipDots;

    public MixedBackward(MixedPass pass, float* gradient)
    {
        (_pass, _node, _plane, _area) = (pass, pass.Node, pass.Node.Plane, pass.Node.Layout.OutputArea);
        _gradient = gradient;
        _parts = Math.Min(MaxParts, pass.Batch);
        _gradientSums = new float[pass.Batch * _node.Outputs];
        (_outputs, _middles, _middleGradients) = (new NormGradient?[_node.Units.Length], new NormGradient?[_node.Units.Length], new Tensor?[_node.Units.Length]);
        (_parameterSums, _skipDots) = (new float[_node.Edges.Length][], new float[_node.Edges.Length][]);
        foreach (var edge in pass.Edges)
        {
            if (pass.NeedsParameters) _parameterSums[edge] = new float[_parts * _node.Edges[edge].WeightCount];
            if (pass.NeedsWeights[edge] && pass.SkipsOf(edge).Length > 0) _skipDots[edge] = new float[pass.Batch];
            foreach (var unit in pass.UnitsOf(edge))
            {
                _outputs[unit] = new NormGradient(pass.Batch, _node.Outputs, pass.OutputMoments[unit]);
                if (pass.Middles[unit] is not { } middle) continue;
                _middles[unit] = new NormGradient(pass.Batch, _node.Units[unit].First!.Outputs, pass.MiddleMoments[unit]);
                _middleGradients[unit] = empty_like(middle);
            }
        }
    }

    /// <summary>The gradients, in the order of apply's variables.</summary>
    public List<Tensor?> Run()
    {
        Scratch.Run(_pass.Batch, (example, _) => Dots(example));
        foreach (var edge in _pass.Edges)
            foreach (var unit in _pass.UnitsOf(edge)) _outputs[unit]!.Finish(_gradientSums, _pass.Factor(edge, _node.Units[unit].Option), _area);
        var deep = _pass.Edges.Where(_pass.IsDeep).ToArray();
        if (deep.Length > 0) Scratch.Run(deep.Length * _parts, (item, scratch) => InParts(deep[item / _parts], item % _parts, scratch, isSecond: true));
        foreach (var middle in _middles) middle?.Finish(middle.Sums, 1, _area);
        var inputs = _pass.Edges.Select(edge => empty_like(_pass.Sources[edge]!)).ToArray();
        Scratch.Run(_pass.Edges.Length * _parts, (item, scratch) => InParts(_pass.Edges[item / _parts], item % _parts, scratch, isSecond: false, MixedPass.Data(inputs[item / _parts])));
        var result = new List<Tensor?>();
        for (var i = 0; i < inputs.Length; i++)
        {
            result.Add(inputs[i]);
            result.Add(WeightGradient(_pass.Edges[i]));
        }
        result.AddRange(ParameterGradients());
        return result;
    }

    private void Dots(int example)
    {
        for (var channel = 0; channel < _node.Outputs; channel++)
        {
            var at = example * _node.Outputs + channel;
            var gradient = _gradient + (long)at * _area;
            _gradientSums[at] = PlaneKernels.Sum(gradient, _area);
            foreach (var edge in _pass.Edges)
            {
                foreach (var unit in _pass.UnitsOf(edge))
                    _outputs[unit]!.Dots[at] = PlaneKernels.CentredDot(gradient, _pass.Output(unit, example) + channel * _plane, _pass.OutputMoments[unit]?.Mean[channel] ?? 0, _area);
                if (_skipDots[edge] is { } dots) dots[example] += PlaneKernels.CentredDot(gradient, _pass.Source(edge, example) + channel * _area, 0, _area);
            }
        }
    }

    /// <summary>Works through one part of the examples, and adds up what they say of an edge's parameters.</summary>
    private void InParts(int edge, int part, Scratch scratch, bool isSecond, float* inputGradients = null)
    {
        var plan = _node.Edges[edge];
        var sums = _pass.NeedsParameters ? scratch.Zeros(ScratchPiece.WeightSums, plan.WeightCount * PlaneLayout.VectorSize) : null;
        for (var example = part * _pass.Batch / _parts; example < (part + 1) * _pass.Batch / _parts; example++)
        {
            if (isSecond) SecondStages(edge, example, scratch, sums);
            else FirstStages(edge, example, scratch, sums, inputGradients + (long)example * plan.Channels * plan.Layout.Area);
        }
        if (sums is null) return;
        foreach (var unit in _pass.UnitsOf(edge))
        {
            foreach (var branch in (isSecond ? _node.Units[unit].Second : _node.Units[unit].First)?.Branches ?? [])
            {
                Keep(branch.Depthwise);
                Keep(branch.Pointwise);
            }
        }

        void Keep(WeightSlot? slot)
        {
            if (slot is null) return;
            for (var i = slot.Offset; i < slot.Offset + slot.Count; i++)
                _parameterSums[edge]![part * plan.WeightCount + i] = Vector.Sum(Vector.Load(sums + i * PlaneLayout.VectorSize));
        }
    }

    private void SecondStages(int edge, int example, Scratch scratch, float* sums)
    {
        foreach (var unit in _pass.UnitsOf(edge))
        {
            if (_node.Units[unit].Second is not { } stage) continue;
            var (moments, norm) = (_pass.MiddleMoments[unit]!, _middles[unit]!);
            var middle = _pass.Middle(unit, example);
            var result = MixedPass.Data(_middleGradients[unit]!) + (long)example * stage.Inputs * _plane;
            new Span<float>(result, stage.Inputs * _plane).Clear();
            var padded = sums is null ? null : Padded(stage.Layout, stage.Inputs, middle, _plane, moments, scratch);
            Stage(stage, padded, OutputGradient(unit, example, scratch), scratch, sums, result);
            for (var channel = 0; channel < stage.Inputs; channel++)
            {
                float* gradient = result + channel * _plane, value = middle + channel * _plane;
                var at = example * stage.Inputs + channel;
                PlaneKernels.Rectify(gradient, value, moments.Mean[channel], _plane);
                norm.Sums[at] = PlaneKernels.Sum(gradient, _area);
                norm.Dots[at] = PlaneKernels.CentredDot(gradient, value, moments.Mean[channel], _area);
            }
        }
    }

    private void FirstStages(int edge, int example, Scratch scratch, float* sums, float* inputGradient)
    {
        var plan = _node.Edges[edge];
        var layout = plan.Layout;
        var source = _pass.Source(edge, example);
        var step = layout.Phases * _plane;
        float* rectified = scratch.Zeros(ScratchPiece.RectifiedGradient, plan.Channels * step), direct = scratch.Zeros(ScratchPiece.DirectGradient, plan.Channels * step);
        var padded = sums is null ? null : Padded(layout, plan.Channels, source, layout.Area, null, scratch);
        foreach (var unit in _pass.UnitsOf(edge))
        {
            var gradient = _middles[unit] is null ? OutputGradient(unit, example, scratch) : MiddleGradient(unit, example, scratch);
            if (_node.Units[unit].First is { } stage) Stage(stage, padded, gradient, scratch, sums, rectified);
            else Pool(unit, plan, source, example, gradient, scratch, direct);
        }
        foreach (var option in _pass.SkipsOf(edge))
        {
            for (var channel = 0; channel < plan.Channels; channel++)
                PlaneKernels.AddScaled(_gradient + ((long)example * _node.Outputs + channel) * _area, _pass.Factor(edge, option), _area, direct + channel * step);
        }
        for (var channel = 0; channel < plan.Channels; channel++)
            PlaneKernels.Join(layout, source + channel * layout.Area, rectified + channel * step, direct + channel * step, inputGradient + channel * layout.Area);
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
            float* outputs = gradient + branch.First * _plane, pointwise = _pass.Parameter(branch.Pointwise);
            PointwiseKernels.Multiply(pointwise, 1, channels, channels, branch.Outputs, outputs, filteredGradient, _plane);
            for (var channel = 0; channel < channels; channel++)
            {
                var weights = branch.Depthwise is { } slot ? _pass.Parameter(slot) + channel * branch.Window.Count : null;
                PlaneKernels.PadGradient(layout, filteredGradient + channel * _plane, paddedGradient);
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
            PlaneKernels.Pad(layout, input + channel * inputPlane, moments?.Mean[channel] ?? 0, moments?.Scale[channel] ?? 1, 0, padded + channel * layout.InputSize);
        return padded;
    }

    private void Pool(int index, MixedEdge plan, float* source, int example, float* gradient, Scratch scratch, float* direct)
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
                PlaneKernels.PadGradient(layout, from, paddedGradient);
                SendBack(layout, unit.Pool!, null, paddedGradient, plane, to);
                continue;
            }
            PlaneKernels.PadGradient(layout, from, paddedGradient);
            var padded = scratch.Padded(ScratchPiece.PaddedPooling, layout, layout.InputSize, float.NegativeInfinity);
            var largest = scratch.Zeros(ScratchPiece.PaddedLargest, layout.InputSize);
            PlaneKernels.Pad(layout, source + channel * layout.Area, 0, 1, float.NegativeInfinity, padded);
            new ReadOnlySpan<float>(_pass.Output(index, example) + channel * _plane, _plane).CopyTo(new Span<float>(plane, _plane));
            DepthwiseKernels.AddLargestGradient(layout, unit.Pool!.Forward, padded, plane, paddedGradient, largest);
            PlaneKernels.AddPadded(layout, largest, to);
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
    private float* OutputGradient(int unit, int example, Scratch scratch) => _outputs[unit]!.SendBack(
        _gradient + (long)example * _node.Outputs * _area, _area, _pass.Output(unit, example), _area, _plane, scratch);

    private float* MiddleGradient(int unit, int example, Scratch scratch) => _middles[unit]!.SendBack(
        MixedPass.Data(_middleGradients[unit]!) + (long)example * _node.Units[unit].First!.Outputs * _plane, _plane, _pass.Middle(unit, example), _area, _plane, scratch);

    private Tensor? WeightGradient(int edge)
    {
        if (!_pass.NeedsWeights[edge]) return null;
        var values = new float[_pass.WeightCount(edge)];
        foreach (var unit in _pass.UnitsOf(edge)) values[_node.Units[unit].Option] = (float)_outputs[unit]!.Total;
        foreach (var option in _pass.SkipsOf(edge)) values[option] = (float)_skipDots[edge]!.Sum(static dot => (double)dot);
        return tensor(values);
    }

    private IEnumerable<Tensor?> ParameterGradients()
    {
        var gradients = new Tensor?[_node.Parameters];
        foreach (var edge in _pass.Edges)
        {
            if (_parameterSums[edge] is not { } sums) continue;
            foreach (var unit in _pass.UnitsOf(edge))
            {
                foreach (var branch in (_node.Units[unit].First?.Branches ?? []).Concat(_node.Units[unit].Second?.Branches ?? []))
                {
                    Fill(edge, sums, branch.Depthwise);
                    Fill(edge, sums, branch.Pointwise);
                }
            }
        }
        return gradients;

        void Fill(int edge, float[] sums, WeightSlot? slot)
        {
            if (slot is null) return;
            var gradient = gradients[slot.Parameter] = zeros_like(_pass.Parameters[slot.Parameter]);
            var to = MixedPass.Data(gradient);
            for (var part = 0; part < _parts; part++)
                for (var i = 0; i < slot.Count; i++) to[i] += sums[part * _node.Edges[edge].WeightCount + slot.Offset + i];
        }
    }
}
