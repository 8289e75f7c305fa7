using Microsoft.ML.Nas.Data;

namespace Microsoft.ML.Nas.Tests.Data;

/// <summary>Short ways to what is planned and read.</summary>
internal static class Planning
{
    public static ColumnPlan Plan(this IDataView view, SearchOptions? options = null) => ColumnPlanner.Create(ColumnInfo.From(view.Schema), options ?? new());

    public static RawTable Read(this IDataView view, SearchOptions? options = null) => (RawTable)RawRowsReader.Read(view, view.Plan(options), CancellationToken.None);

    public static FeatureEncoder FitEncoder(this RawTable table) => FeatureEncoderFitter.Fit(table, table.AllRows());
}
