using System;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>Statistics of a Single or Double column, by slot, or over all slots where there is only one.</summary>
internal sealed class SlotStatistics(int size)
{
    public Slot[] Slots { get; } = new Slot[size].Select(_ => new Slot()).ToArray();

    public static void Read(IDataView data, DataViewSchema.Column[] columns, SlotStatistics[] statistics, long maxRows = long.MaxValue)
    {
        using var cursor = data.GetRowCursor(columns);
        var readers = statistics.Select((statistic, i) => statistic.Reader(cursor, columns[i])).ToArray();
        for (var row = 0L; row < maxRows && cursor.MoveNext(); row++)
        {
            foreach (var read in readers)
                read();
        }
    }

    private Action Reader(DataViewRow row, DataViewSchema.Column column)
    {
        var itemType = ItemMap.ItemType(column.Type);
        if (itemType == NumberDataViewType.Single)
            return Reader<float>(row, column, value => value);
        return itemType == NumberDataViewType.Double
            ? Reader<double>(row, column, value => value)
            : throw Contracts.SchemaMismatch("input", "input", column.Name, "Single or Double", column.Type.ToString());
    }

    private Action Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, double> convert)
    {
        if (column.Type is not VectorDataViewType)
        {
            var scalars = row.GetGetter<T>(column);
            return () =>
            {
                T value = default;
                scalars(ref value);
                Slots[0].Add(convert(value));
            };
        }

        var vectors = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default;
        return () =>
        {
            vectors(ref vector);
            foreach (var (slot, value) in vector.Items(all: true))
                Slots[slot % Slots.Length].Add(convert(value));
        };
    }

    /// <summary>Mean and variance by Welford's recurrence, over finite values only.</summary>
    public sealed class Slot
    {
        private double _squares;

        public long FiniteCount { get; private set; }

        public double Mean { get; private set; }

        public double Min { get; private set; } = double.PositiveInfinity;

        public double Max { get; private set; } = double.NegativeInfinity;

        /// <summary>The population variance.</summary>
        public double Variance => FiniteCount > 0 ? _squares / FiniteCount : 0;

        public void Add(double value)
        {
            if (value < Min)
                Min = value;
            if (value > Max)
                Max = value;
            if (!double.IsFinite(value))
                return;
            FiniteCount++;
            var delta = value - Mean;
            Mean += delta / FiniteCount;
            _squares += delta * (value - Mean);
        }
    }
}
