using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Evaluation.ZeroCost;

/// <summary>What a proxy may look at.</summary>
public sealed class ProxyContext
{
    private readonly Target? _target;
    private readonly (Tensor Features, Tensor Labels, Tensor? Weights)? _rows;

    /// <summary>A context without data: for proxies that need none.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="input">The shape of one example.</param>
    /// <param name="outputs">The number of values the head gives.</param>
    /// <param name="seed">Seeds the weights, and everything that is drawn.</param>
    public ProxyContext(Architecture architecture, Shape input, int outputs, int seed)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(input);
        (Architecture, Input, Outputs, Seed) = (architecture, input, outputs, seed);
        Cost = Network.CostOf(architecture.Tree, input, outputs);
    }

    /// <summary>A context with the first training rows of a split.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="split">The data.</param>
    /// <param name="rows">How many rows; fewer where there are not as many.</param>
    /// <param name="seed">Seeds the weights, and everything that is drawn.</param>
    public ProxyContext(Architecture architecture, DataSplit split, int rows, int seed) : this(architecture, split?.Input!, split?.Target.Outputs ?? 0, seed)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var count = Math.Min(rows, split.Train.Count);
        _target = split.Target;
        _rows = (split.Train.Features.narrow(0, 0, count), split.Train.Labels.narrow(0, 0, count), split.Train.Weights?.narrow(0, 0, count));
    }

    /// <summary>The architecture.</summary>
    public Architecture Architecture { get; }

    /// <summary>What its network costs a row, the head included.</summary>
    public Cost Cost { get; }

    /// <summary>The shape of one example.</summary>
    public Shape Input { get; }

    /// <summary>The number of values the head gives.</summary>
    public int Outputs { get; }

    /// <summary>The seed of this search's proxies: the same for all architectures.</summary>
    public int Seed { get; }

    /// <summary>Rows of the training data, <c>[rows, input...]</c>.</summary>
    /// <exception cref="NotSupportedException">The search has no data.</exception>
    public Tensor Features => Rows.Features;

    /// <summary>The rows' labels, <c>[rows]</c>.</summary>
    /// <exception cref="NotSupportedException">The search has no data.</exception>
    public Tensor Labels => Rows.Labels;

    private (Tensor Features, Tensor Labels, Tensor? Weights) Rows => _rows ?? throw new NotSupportedException("This proxy looks at training rows, and the search has none; use one that needs no data, such as SynFlow.");

    /// <summary>
    /// A network with fresh weights, the same whenever it is asked for; the caller disposes it. It is in eval mode, but its batch
    /// normalisation uses the batch's own statistics, as the first step of a training would.
    /// </summary>
    public Network CreateNetwork() => CreateNetwork(Input);

    /// <summary>The same, for inputs that are made up: of an image, the network behind its normalisation.</summary>
    /// <param name="input">The shape of the inputs.</param>
    internal Network CreateNetwork(Shape input)
    {
        manual_seed(Training.Seeds.Derive(Seed, "proxy"));
        var network = ModuleOwnership.Create(() => new Network(Architecture.Tree, input, Outputs), _rows?.Features.device ?? CPU);
        network.eval();
        foreach (var norm in network.modules().OfType<BatchNormModule>()) norm.UsesBatchStatistics = true;
        return network;
    }

    /// <summary>The training loss of predictions of <see cref="Features"/>, a scalar.</summary>
    /// <param name="outputs">What a network gave, <c>[rows, members, outputs]</c>.</param>
    /// <param name="start">The first row.</param>
    /// <exception cref="NotSupportedException">The search has no data.</exception>
    public Tensor Loss(Tensor outputs, int start = 0)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        var count = outputs.shape[0];
        return Training.TaskOutputs.Of(_target!).Loss(outputs, Labels.narrow(0, start, count), Rows.Weights?.narrow(0, start, count));
    }

    /// <summary>The loss of a network on all rows, a scalar.</summary>
    /// <exception cref="NotSupportedException">The search has no data.</exception>
    public Tensor Loss(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Loss(network.call(Features));
    }
}
