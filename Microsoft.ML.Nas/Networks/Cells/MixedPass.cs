using System.Runtime.InteropServices;
using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>One use of a node: what goes in, and what its forward leaves for its backward.</summary>
/// <param name="node">The node.</param>
/// <param name="edges">The edges that take part.</param>
/// <param name="entries">By edge, what the mixture says of it.</param>
internal sealed unsafe class MixedPass(MixedNode node, int[] edges, MixtureEntry[] entries)
{
    private readonly float[]?[] _factors = new float[node.Edges.Length][];
    private readonly int[]?[] _units = new int[node.Edges.Length][];
    private readonly int[]?[] _skips = new int[node.Edges.Length][];
    private nint[] _sourceData = [];
    private nint[] _parameterData = [];
    private nint[] _outputData = [];
    private nint[] _middleData = [];

    public MixedNode Node => node;

    /// <summary>The edges that take part.</summary>
    public int[] Edges => edges;

    /// <summary>The number of examples.</summary>
    public int Batch { get; private set; }

    public bool NeedsParameters { get; private set; }

    /// <summary>By edge, whether the weights of its options need a gradient.</summary>
    public bool[] NeedsWeights { get; } = new bool[node.Edges.Length];

    /// <summary>By edge, whether its options send gradients back: to what they read, or to their parameters.</summary>
    public bool[] SendsBack { get; } = new bool[node.Edges.Length];

    /// <summary>By edge.</summary>
    public Tensor?[] Sources { get; } = new Tensor?[node.Edges.Length];

    public Tensor[] Parameters { get; private set; } = [];

    /// <summary>By unit, its last pointwise convolution's or pooling's outputs; null for a unit that does not run.</summary>
    public Tensor?[] Outputs { get; private set; } = new Tensor?[node.Units.Length];

    /// <summary>By unit, its first pointwise convolution's outputs, where it has two.</summary>
    public Tensor?[] Middles { get; private set; } = new Tensor?[node.Units.Length];

    public ChannelMoments?[] OutputMoments { get; } = new ChannelMoments?[node.Units.Length];

    public ChannelMoments?[] MiddleMoments { get; } = new ChannelMoments?[node.Units.Length];

    /// <summary>Takes what apply was given: sources and weights of the edges that take part, in turns, then the parameters.</summary>
    public void Take(ReadOnlySpan<object?> variables)
    {
        for (var i = 0; i < edges.Length; i++)
        {
            Sources[edges[i]] = (Tensor)variables[2 * i]!;
            if (variables[2 * i + 1] is not Tensor weights) continue;
            NeedsWeights[edges[i]] = weights.requires_grad;
            _factors[edges[i]] = [.. MemoryMarshal.Cast<byte, float>(weights.bytes)];
        }
        Parameters = [.. variables[(2 * edges.Length)..].ToArray().Cast<Tensor>()];
        Batch = (int)Sources[edges[0]]!.shape[0];
        NeedsParameters = Parameters.Any(static parameter => parameter.requires_grad);
        foreach (var edge in edges) SendsBack[edge] = NeedsParameters || Sources[edge]!.requires_grad;
    }

    /// <summary>The number of an edge's weights, "none of them" included.</summary>
    public int WeightCount(int edge) => _factors[edge]!.Length;

    /// <summary>The weight of an edge's option.</summary>
    public float Factor(int edge, int option) => _factors[edge] is { } factors ? factors[option] : option == entries[edge].Index ? 1 : 0;

    // An option is needed for the sum or for a gradient.
    private bool Runs(int edge, int option) => entries[edge].Runs(option) && (NeedsWeights[edge] || Factor(edge, option) != 0);

    /// <summary>The units of an edge that run.</summary>
    public int[] UnitsOf(int edge) => _units[edge] ??=
        [.. Enumerable.Range(node.FirstUnits[edge], node.Edges[edge].Units.Length).Where(unit => Runs(edge, node.Units[unit].Option))];

    /// <summary>The options of an edge that pass their input on, where they run.</summary>
    public int[] SkipsOf(int edge) => _skips[edge] ??= [.. node.Edges[edge].Skips.Where(option => Runs(edge, option))];

    /// <summary>Whether an edge has a separable convolution that runs.</summary>
    public bool IsDeep(int edge) => UnitsOf(edge).Any(unit => node.Units[unit].Second is not null);

    /// <summary>The tensors that backward needs.</summary>
    public List<Tensor> Release()
    {
        List<Tensor> tensors = [.. edges.Select(edge => Sources[edge]!), .. Parameters, .. Outputs.OfType<Tensor>(), .. Middles.OfType<Tensor>()];
        // Outputs and Middles only say from now on which of them there are.
        Array.Clear(Sources);
        Parameters = [];
        return tensors;
    }

    /// <summary>Takes back the tensors of <see cref="Release"/>.</summary>
    public void Restore(List<Tensor> tensors)
    {
        var next = 0;
        foreach (var edge in edges) Sources[edge] = tensors[next++];
        Parameters = [.. tensors.Skip(next).Take(node.Parameters)];
        next += node.Parameters;
        Outputs = [.. Outputs.Select(output => output is null ? null : tensors[next++])];
        Middles = [.. Middles.Select(middle => middle is null ? null : tensors[next++])];
        Locate();
    }

    /// <summary>Looks up where all tensors lie.</summary>
    public void Locate()
    {
        _sourceData = [.. Sources.Select(Address)];
        _parameterData = [.. Parameters.Select(Address)];
        _outputData = [.. Outputs.Select(Address)];
        _middleData = [.. Middles.Select(Address)];

        static nint Address(Tensor? tensor) => tensor is null ? 0 : (nint)TensorMemory.Of(tensor);
    }

    public float* Source(int edge, int example) => (float*)_sourceData[edge] + (long)example * node.Edges[edge].Channels * node.Edges[edge].Layout.Area;

    public float* Parameter(WeightSlot slot) => (float*)_parameterData[slot.Parameter];

    public float* Output(int unit, int example) => (float*)_outputData[unit] + (long)example * node.Outputs * node.Plane;

    public float* Middle(int unit, int example) => (float*)_middleData[unit] + (long)example * node.Units[unit].First!.Outputs * node.Plane;
}
