using System.Buffers;
using System.Numerics;
using Microsoft.ML.Nas.Operations.Kernels;
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
    private readonly StageBackward _stages;
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
            if (pass.NeedsParameters) _parameterSums[edge] = ArrayPool<float>.Shared.Rent(_parts * _node.Edges[edge].WeightCount);
            if (pass.NeedsWeights[edge] && pass.SkipsOf(edge).Length > 0) _skipDots[edge] = new float[pass.Batch];
            foreach (var unit in pass.UnitsOf(edge))
            {
                _outputs[unit] = new NormGradient(pass.Batch, _node.Outputs, pass.OutputMoments[unit]);
                if (!pass.SendsBack[edge] || pass.Middles[unit] is not { } middle) continue;
                _middles[unit] = new NormGradient(pass.Batch, _node.Units[unit].First!.Outputs, pass.MiddleMoments[unit]);
                _middleGradients[unit] = empty_like(middle);
            }
        }
        _stages = new StageBackward(pass, gradient, _outputs, _middles, [.. _middleGradients.Select(static tensor => tensor is null ? 0 : (nint)TensorMemory.Of(tensor))]);
    }

    /// <summary>The gradients, in the order of apply's variables.</summary>
    public List<Tensor?> Run()
    {
        Scratch.Run(_pass.Batch, (example, _) => Dots(example));
        foreach (var edge in _pass.Edges)
            foreach (var unit in _pass.UnitsOf(edge)) _outputs[unit]!.Finish(_gradientSums, _pass.Factor(edge, _node.Units[unit].Option), _area);
        var deep = _pass.Edges.Where(edge => _pass.SendsBack[edge] && _pass.IsDeep(edge)).ToArray();
        if (deep.Length > 0) Scratch.Run(deep.Length * _parts, (item, scratch) => InParts(deep[item / _parts], item % _parts, scratch, isSecond: true));
        foreach (var middle in _middles) middle?.Finish(middle.Sums, 1, _area);
        var edges = _pass.Edges.Where(edge => _pass.SendsBack[edge]).ToArray();
        var inputs = edges.Select(edge => empty_like(_pass.Sources[edge]!)).ToArray();
        if (edges.Length > 0) Scratch.Run(edges.Length * _parts, (item, scratch) => InParts(edges[item / _parts], item % _parts, scratch, isSecond: false, TensorMemory.Of(inputs[item / _parts])));
        var result = new List<Tensor?>();
        foreach (var edge in _pass.Edges)
        {
            result.Add(Array.IndexOf(edges, edge) is >= 0 and var index ? inputs[index] : null);
            result.Add(WeightGradient(edge));
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
            if (isSecond) _stages.Second(edge, example, scratch, sums);
            else _stages.First(edge, example, scratch, sums, inputGradients + (long)example * plan.Channels * plan.Layout.Area);
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
            ArrayPool<float>.Shared.Return(sums);
        }
        return gradients;

        void Fill(int edge, float[] sums, WeightSlot? slot)
        {
            if (slot is null) return;
            var gradient = gradients[slot.Parameter] = empty_like(_pass.Parameters[slot.Parameter]);
            var to = new Span<float>(TensorMemory.Of(gradient), slot.Count);
            Part(0).CopyTo(to);
            for (var part = 1; part < _parts; part++)
            {
                var terms = Part(part);
                for (var i = 0; i < terms.Length; i++) to[i] += terms[i];
            }

            ReadOnlySpan<float> Part(int part) => sums.AsSpan(part * _node.Edges[edge].WeightCount + slot.Offset, slot.Count);
        }
    }
}
