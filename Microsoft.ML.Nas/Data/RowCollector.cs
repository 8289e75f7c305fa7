using Microsoft.ML.Nas.Data.Images;
using Microsoft.ML.Nas.Data.Texts;

namespace Microsoft.ML.Nas.Data;

/// <summary>Collects the raw features of the rows that a cursor passes; one class a kind of input.</summary>
internal abstract class RowCollector
{
    /// <summary>The number of tokens of the row that was taken last.</summary>
    /// <exception cref="NotSupportedException">The rows are no texts.</exception>
    public virtual int Tokens => throw new NotSupportedException("Rows that are no texts have no tokens.");

    /// <summary>Takes the cursor's current row.</summary>
    /// <param name="row">Its number, which errors name.</param>
    /// <exception cref="TrainingDataException">A value cannot be trained on.</exception>
    public abstract void Append(int row);

    /// <summary>The rows taken, with their labels and weights.</summary>
    public abstract RawRows Finish(float[] labels, float[]? weights);

    /// <summary>Binds to a cursor whose feature columns are active.</summary>
    public static RowCollector Create(DataViewRow cursor, ColumnPlan plan) => plan.Kind switch
    {
        InputKind.Table => new TableCollector(cursor, plan),
        InputKind.Image => ImageCollector.Create(cursor, plan),
        InputKind.Text => new TextCollector(cursor, plan),
        _ => throw new NotSupportedException($"Input of the kind {plan.Kind} cannot be read."),
    };
}
