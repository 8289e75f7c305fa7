using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Scalars = Microsoft.ML.Nas.Operations.Scalars;

namespace Microsoft.ML.Nas.Strategies.Sampling.Reinforce;

/// <summary>
/// The recurrent controller (Zoph and Le 2017): an LSTM that decides one decision after another, each seeing the one before.
/// Decisions that do not matter, given those before, are passed over.
/// </summary>
internal sealed class Controller : Module
{
    /// <summary>Bounds the logits, so that early luck does not settle a decision (Pham 2018).</summary>
    private const double LogitBound = 2.5;

    private const int TraceSeed = 1;
    private const int TraceDraws = 8;

    private readonly SearchSpace _space;
    private readonly bool[] _decides;
    private readonly int[] _offsets;
    private readonly int _hiddenSize;
    private readonly LSTMCell cell;
    private readonly Linear output;
    private readonly Embedding embedding;

    /// <param name="space">The space.</param>
    /// <param name="hiddenSize">The size of the LSTM.</param>
    /// <param name="decides">Whether the controller takes a decision; the others stay at option 0.</param>
    public Controller(SearchSpace space, int hiddenSize, Func<Decision, bool> decides) : base(nameof(Controller))
    {
        _space = space;
        _hiddenSize = hiddenSize;
        _decides = [.. space.Decisions.Select(decides)];
        _offsets = new int[space.Decisions.Length];
        var options = 0;
        for (var i = 0; i < _offsets.Length; i++) (_offsets[i], options) = (options, options + space.Decisions[i].Count);
        cell = LSTMCell(hiddenSize, hiddenSize);
        output = Linear(hiddenSize, options);
        // The last row is what the first decision sees.
        embedding = Embedding(options + 1, hiddenSize);
        RegisterComponents();
    }

    /// <summary>Draws an architecture.</summary>
    /// <param name="random">Draws the options.</param>
    /// <returns>The architecture, the log-probability of the decisions taken and the sum of their entropies (nats), both scalars in the current dispose scope.</returns>
    public (Genotype Genotype, Tensor LogProbability, Tensor Entropy) Sample(Random random) => Walk((_, probabilities) => Draw(probabilities, random));

    /// <summary>Draws an architecture that nothing is learned from.</summary>
    public Genotype Draw(Random random)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return Sample(random).Genotype;
    }

    /// <summary>The log-probability of an architecture and the sum of the entropies (nats) of its decisions, both scalars in the current dispose scope.</summary>
    public (Tensor LogProbability, Tensor Entropy) Score(Genotype genotype)
    {
        var (_, logProbability, entropy) = Walk((decision, _) => genotype[decision]);
        return (logProbability, entropy);
    }

    /// <summary>
    /// The mean probability of every option over drawn architectures in which the decision matters; null for decisions that are not taken or that no draw reached.
    /// The draws are the same few every time, and take nothing from the search's own source of chance.
    /// </summary>
    public float[]?[] Probabilities()
    {
        var random = new Random(TraceSeed);
        using var none = no_grad();
        var sums = new float[]?[_space.Decisions.Length];
        var counts = new int[sums.Length];
        for (var draw = 0; draw < TraceDraws; draw++)
        {
            using var scope = NewDisposeScope();
            Walk((decision, probabilities) =>
            {
                var sum = sums[decision] ??= new float[probabilities.Length];
                for (var option = 0; option < sum.Length; option++) sum[option] += probabilities[option];
                counts[decision]++;
                return Draw(probabilities, random);
            });
        }
        for (var decision = 0; decision < sums.Length; decision++)
            for (var option = 0; option < sums[decision]?.Length; option++) sums[decision]![option] /= counts[decision];
        return sums;
    }

    /// <param name="decide">Takes a decision, given the probabilities of its options.</param>
    private (Genotype Genotype, Tensor LogProbability, Tensor Entropy) Walk(Func<int, float[], int> decide)
    {
        var device = embedding.weight!.device;
        var indices = new int[_space.Decisions.Length];
        var (logProbability, entropy) = (zeros(1, device: device), zeros(1, device: device));
        var (hidden, memory) = (zeros(1, _hiddenSize, device: device), zeros(1, _hiddenSize, device: device));
        var seen = (long)_offsets[^1] + _space.Decisions[^1].Count;
        for (var decision = 0; decision < indices.Length; decision++)
        {
            if (!_decides[decision] || !_space.IsActive(_space.Normalize(indices), decision)) continue;
            (hidden, memory) = cell.call(embedding.call(tensor([seen], device: device)), (hidden, memory));
            var logits = output.call(hidden).narrow(1, _offsets[decision], _space.Decisions[decision].Count).tanh() * Scalars.Held(LogitBound);
            var logProbabilities = logits.log_softmax(-1).squeeze(0);
            var probabilities = Array.ConvertAll(logProbabilities.detach().cpu().data<float>().ToArray(), MathF.Exp);
            indices[decision] = decide(decision, probabilities);
            logProbability = Scalars.Sum(logProbability, logProbabilities.narrow(0, indices[decision], 1));
            entropy = entropy - (logProbabilities.exp() * logProbabilities).sum();
            seen = _offsets[decision] + indices[decision];
        }
        return (_space.Normalize(indices), logProbability, entropy);
    }

    private static int Draw(float[] probabilities, Random random)
    {
        var position = random.NextDouble();
        for (var option = 0; option < probabilities.Length; option++)
            if ((position -= probabilities[option]) < 0) return option;
        return probabilities.Length - 1;
    }
}
