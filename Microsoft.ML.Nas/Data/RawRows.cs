using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Data;

/// <summary>The planned columns of a data view in memory, before any encoding; one class a kind of input.</summary>
/// <param name="plan">The columns.</param>
/// <param name="labels">A row's label: 0 or 1, the class counted from 0, or the number. Of labelled tokens, all tokens' classes, one row after another.</param>
/// <param name="weights">A row's weight; null where all weigh the same.</param>
internal abstract class RawRows(ColumnPlan plan, float[] labels, float[]? weights)
{
    /// <summary>The columns.</summary>
    public ColumnPlan Plan { get; } = plan;

    /// <summary>A row's label: 0 or 1, the class counted from 0, or the number. Of labelled tokens, all tokens' classes, one row after another.</summary>
    public float[] Labels { get; } = labels;

    /// <summary>A row's weight; null where all weigh the same.</summary>
    public float[]? Weights { get; } = weights;

    /// <summary>The number of rows.</summary>
    public virtual int Rows => Labels.Length;

    /// <summary>A row's label, or the labels of its tokens.</summary>
    public virtual ReadOnlySpan<float> LabelsOf(int row) => Labels.AsSpan(row, 1);

    /// <summary>The numbers of all rows, from 0.</summary>
    public int[] AllRows() => [.. Enumerable.Range(0, Rows)];

    /// <summary>Fits an encoder on the given rows alone.</summary>
    /// <exception cref="TrainingDataException">Nothing can be learned from these rows.</exception>
    public abstract InputEncoder FitEncoder(ReadOnlySpan<int> rows);

    /// <summary>Rows as the tensors that an exported model takes: one per feature column, by the column's name.</summary>
    public abstract IReadOnlyDictionary<string, OnnxTensor> Tensors(ReadOnlySpan<int> rows);
}
