using Microsoft.ML.Nas.Operations;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>
/// A node of the tree that describes an architecture with its choices inside. Immutable; compose blocks with
/// <see cref="Of"/>, <see cref="Chain"/>, <see cref="Residual"/>, <see cref="Choice"/> and <see cref="Repeat"/>.
/// </summary>
public abstract record Block
{
    private protected Block() { }

    /// <summary>The block that is one operation.</summary>
    public static Block Of(Operation operation) => new Op(operation);

    /// <summary>An operation stands where a block is expected.</summary>
    public static implicit operator Block(Operation operation) => Of(operation);
}
