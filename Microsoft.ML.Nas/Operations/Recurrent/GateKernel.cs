namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>What the gates of a recurrent layer do at one step of one example. A row of gates holds each gate's units after the other's, in PyTorch's order.</summary>
/// <param name="gates">The number of gates.</param>
/// <param name="hasOwnRecurrence">Whether some gate's gradient is another one on the recurrence's side than on the input's.</param>
internal abstract unsafe class GateKernel(int gates, bool hasOwnRecurrence)
{
    /// <summary>The number of gates.</summary>
    public int Gates => gates;

    /// <summary>Whether some gate's gradient is another one on the recurrence's side than on the input's.</summary>
    public bool HasOwnRecurrence => hasOwnRecurrence;

    /// <summary>Goes one step forwards.</summary>
    /// <param name="projected">What the input gives each gate; replaced by the gates' values.</param>
    /// <param name="recurrent">What the last state gives each gate.</param>
    /// <param name="kept">Takes what the backward needs beside gates and states.</param>
    /// <param name="cell">The cell's state; replaced.</param>
    /// <param name="state">The state; replaced.</param>
    /// <param name="units">The number of units, whole vectors.</param>
    public abstract void Forward(float* projected, float* recurrent, float* kept, float* cell, float* state, int units);

    /// <summary>Goes one step backwards.</summary>
    /// <param name="gates">The gates' values.</param>
    /// <param name="kept">What the forward kept.</param>
    /// <param name="lastKept">What the forward kept one step before; zeros at the first step.</param>
    /// <param name="lastState">The state before the step.</param>
    /// <param name="gradient">The gradient by the state; replaced by the part of the gradient by the last state that comes past the gates.</param>
    /// <param name="cellGradient">The gradient by the cell's state; replaced by that of the step before.</param>
    /// <param name="projected">Takes the gradient by what the input gives each gate.</param>
    /// <param name="recurrent">Takes the gradient by what the last state gives each gate.</param>
    /// <param name="units">The number of units, whole vectors.</param>
    public abstract void Backward(
        float* gates, float* kept, float* lastKept, float* lastState, float* gradient, float* cellGradient, float* projected, float* recurrent, int units);
}
