using Microsoft.ML.Data;

namespace Microsoft.ML.Nas;

/// <summary>Scores single rows, for prediction engines.</summary>
internal sealed class ScoringMapper(ScoreBinding binding) : IRowToRowMapper
{
    public DataViewSchema InputSchema => binding.Input;

    public DataViewSchema OutputSchema => binding.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => binding.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoringRow(binding, input, binding.Active(activeColumns));
    }
}
