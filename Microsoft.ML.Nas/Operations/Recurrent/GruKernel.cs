using System.Numerics;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>
/// Gates r, z and n: state = (1 − z) · n + z · state, n = tanh(its input + r · its recurrence). What the last state gives n is kept.
/// </summary>
internal sealed unsafe class GruKernel() : GateKernel(gates: 3, hasOwnRecurrence: true)
{
    public static readonly GruKernel Instance = new();

    public override void Forward(float* projected, float* recurrent, float* kept, float* cell, float* state, int units)
    {
        for (var unit = 0; unit < units; unit += Vector<float>.Count)
        {
            float* input = projected + unit, last = recurrent + unit;
            var reset = Activations.Sigmoid(Vector.Load(input) + Vector.Load(last));
            var update = Activations.Sigmoid(Vector.Load(input + units) + Vector.Load(last + units));
            var recurrence = Vector.Load(last + 2 * units);
            var candidate = Activations.Tanh(Vector.FusedMultiplyAdd(reset, recurrence, Vector.Load(input + 2 * units)));
            reset.Store(input);
            update.Store(input + units);
            candidate.Store(input + 2 * units);
            recurrence.Store(kept + unit);
            Vector.FusedMultiplyAdd(update, Vector.Load(state + unit) - candidate, candidate).Store(state + unit);
        }
    }

    public override void Backward(
        float* gates, float* kept, float* lastKept, float* lastState, float* gradient, float* cellGradient, float* projected, float* recurrent, int units)
    {
        var one = Vector<float>.One;
        for (var unit = 0; unit < units; unit += Vector<float>.Count)
        {
            Vector<float> reset = Vector.Load(gates + unit), update = Vector.Load(gates + units + unit), candidate = Vector.Load(gates + 2 * units + unit);
            var byState = Vector.Load(gradient + unit);
            var byCandidate = byState * (one - update) * (one - candidate * candidate);
            var byUpdate = byState * (Vector.Load(lastState + unit) - candidate) * update * (one - update);
            var byReset = byCandidate * Vector.Load(kept + unit) * reset * (one - reset);
            (byState * update).Store(gradient + unit);
            byReset.Store(projected + unit);
            byUpdate.Store(projected + units + unit);
            byCandidate.Store(projected + 2 * units + unit);
            byReset.Store(recurrent + unit);
            byUpdate.Store(recurrent + units + unit);
            (byCandidate * reset).Store(recurrent + 2 * units + unit);
        }
    }
}
