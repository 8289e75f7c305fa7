using System.Numerics;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>Gates i, f, g and o: cell = f · cell + i · g, state = o · tanh(cell). The cell's state is kept.</summary>
internal sealed unsafe class LstmKernel() : GateKernel(gates: 4, hasOwnRecurrence: false)
{
    public static readonly LstmKernel Instance = new();

    public override void Forward(float* projected, float* recurrent, float* kept, float* cell, float* state, int units)
    {
        for (var unit = 0; unit < units; unit += Vector<float>.Count)
        {
            float* gates = projected + unit, last = recurrent + unit;
            var input = Activations.Sigmoid(Vector.Load(gates) + Vector.Load(last));
            var forget = Activations.Sigmoid(Vector.Load(gates + units) + Vector.Load(last + units));
            var candidate = Activations.Tanh(Vector.Load(gates + 2 * units) + Vector.Load(last + 2 * units));
            var output = Activations.Sigmoid(Vector.Load(gates + 3 * units) + Vector.Load(last + 3 * units));
            var memory = Vector.FusedMultiplyAdd(forget, Vector.Load(cell + unit), input * candidate);
            input.Store(gates);
            forget.Store(gates + units);
            candidate.Store(gates + 2 * units);
            output.Store(gates + 3 * units);
            memory.Store(kept + unit);
            memory.Store(cell + unit);
            (output * Activations.Tanh(memory)).Store(state + unit);
        }
    }

    public override void Backward(
        float* gates, float* kept, float* lastKept, float* lastState, float* gradient, float* cellGradient, float* projected, float* recurrent, int units)
    {
        var one = Vector<float>.One;
        for (var unit = 0; unit < units; unit += Vector<float>.Count)
        {
            Vector<float> input = Vector.Load(gates + unit), forget = Vector.Load(gates + units + unit);
            Vector<float> candidate = Vector.Load(gates + 2 * units + unit), output = Vector.Load(gates + 3 * units + unit);
            var (byState, squashed) = (Vector.Load(gradient + unit), Activations.Tanh(Vector.Load(kept + unit)));
            var byCell = Vector.FusedMultiplyAdd(byState * output, one - squashed * squashed, Vector.Load(cellGradient + unit));
            Store(byCell * candidate * input * (one - input), 0);
            Store(byCell * Vector.Load(lastKept + unit) * forget * (one - forget), units);
            Store(byCell * input * (one - candidate * candidate), 2 * units);
            Store(byState * squashed * output * (one - output), 3 * units);
            (byCell * forget).Store(cellGradient + unit);
            Vector<float>.Zero.Store(gradient + unit);

            void Store(Vector<float> value, int gate)
            {
                value.Store(projected + gate + unit);
                value.Store(recurrent + gate + unit);
            }
        }
    }
}
