using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Operations;

/// <summary>An operation that treats every value alike and has nothing to learn.</summary>
public abstract record Activation : Operation
{
    private protected Activation() { }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        Encoded(input);

    internal override Operation OnPartOfChannels(int parts) => this;

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(0, 0, OutputShape(input).Count * sizeof(float));
}
