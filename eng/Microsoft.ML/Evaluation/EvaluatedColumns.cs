using System;

namespace Microsoft.ML.Data;

/// <summary>Finds and reads the columns that metrics are computed from.</summary>
internal static class EvaluatedColumns
{
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role)
    {
        Contracts.CheckNonEmpty(name, role);
        return schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), $"{role} column '{name}' not found");
    }

    public static void CheckSingle(DataViewSchema.Column column, string role)
    {
        if (column.Type != NumberDataViewType.Single)
            throw Contracts.SchemaMismatch("schema", role, column.Name, "Single", column.Type.ToString());
    }

    /// <summary>Labels as numbers: true is 1, a key is 0-based, a missing key is NaN.</summary>
    public static Func<float> Label(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is BooleanDataViewType)
            return Reader<bool>(row, column, value => value ? 1 : 0);
        if (column.Type == NumberDataViewType.Single)
            return Reader<float>(row, column, value => value);
        if (column.Type == NumberDataViewType.Double)
            return Reader<double>(row, column, value => (float)value);
        var read = KeyReader.Create(row, column);
        var count = ((KeyDataViewType)column.Type).Count;
        return () => read() is var key and > 0 && key <= count ? key - 1 : float.NaN;
    }

    public static Func<float> Single(DataViewRow row, DataViewSchema.Column column) => Reader<float>(row, column, value => value);

    private static Func<float> Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert)
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }
}
