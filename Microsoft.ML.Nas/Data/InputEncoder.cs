using System.Collections.Immutable;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Data;

/// <summary>
/// Turns raw rows into what networks take; one class a kind of input. Immutable: what it knows comes from the training rows that it was
/// fitted on (see <see cref="RawRows.FitEncoder"/>) or from a model's description.
/// </summary>
/// <param name="plan">The columns.</param>
internal abstract class InputEncoder(ColumnPlan plan)
{
    /// <summary>The columns.</summary>
    public ColumnPlan Plan { get; } = plan;

    /// <summary>The shape of an encoded row, for networks to be built on.</summary>
    /// <exception cref="InvalidOperationException">The encoder only scores, and lacks what networks are built on: it was read from a file.</exception>
    public abstract Shape Shape { get; }

    /// <summary>The dimensions of an encoded row, known also of an encoder that only scores.</summary>
    public abstract ImmutableArray<int> Dimensions { get; }

    /// <summary>What is not encoded.</summary>
    public virtual ImmutableArray<DroppedFeature> Dropped => [];

    /// <summary>Whether any of a column's values is encoded.</summary>
    public virtual bool Reads(FeatureColumn column) => true;

    /// <summary>Encodes rows for training.</summary>
    /// <returns><c>[rows, dimensions...]</c> on the CPU, of whatever type keeps the values in little memory: networks convert their input.</returns>
    public abstract Tensor Encode(RawRows rows, ReadOnlySpan<int> which);

    /// <summary>Binds to a row or cursor, to encode the row that it stands on. The feature columns that are read must be active.</summary>
    public abstract RowEncoder CreateRowEncoder(DataViewRow row);

    /// <summary>Declares an input for every feature column, under the column's name and of its type, and encodes them.</summary>
    /// <returns>The encoded rows, Float <c>[N, dimensions...]</c>.</returns>
    public abstract GraphValue Emit(GraphBuilder graph);

    /// <summary>The description of a model with what this encoder learned added.</summary>
    public abstract ModelDescription AddTo(ModelDescription description);
}
