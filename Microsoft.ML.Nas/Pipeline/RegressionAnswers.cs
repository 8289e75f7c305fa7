using Microsoft.ML.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary><c>Score</c>, in the label's unit.</summary>
internal sealed class RegressionAnswers : ModelAnswers
{
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; } = [new(Score, NumberDataViewType.Single)];

    public override Delegate Getter(string column, IPredictionSource source) => (ValueGetter<float>)((ref float value) => value = source.Current[0]);

    /// <remarks><c>Score [N, 1]</c>.</remarks>
    public override IEnumerable<(string Name, GraphValue Value)> Emit(GraphBuilder graph, GraphValue prediction) => [(Score, prediction)];
}
