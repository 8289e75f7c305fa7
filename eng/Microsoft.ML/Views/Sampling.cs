using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Gives each row a share of [0, 1] by which data is split: at random, or one for all rows of the same key.</summary>
internal sealed class Sampling
{
    private const uint DefaultSeed = 42;
    private const uint DefaultHashSeed = 314489979;
    private const uint HashRange = 1u << 30;

    private readonly IDataView _data;
    private readonly IReadOnlyList<int> _columns;
    private readonly Func<DataViewRow, Func<double>> _makeShare;

    private Sampling(IDataView data, IReadOnlyList<int> columns, Func<DataViewRow, Func<double>> makeShare)
    {
        _data = data;
        _columns = columns;
        _makeShare = makeShare;
    }

    /// <param name="keyColumn">Rows of one key stay together; null to take each row by chance.</param>
    public static Sampling Create(IDataView data, string keyColumn, uint? seed)
    {
        if (keyColumn is null)
        {
            return new Sampling(data, [], _ =>
            {
                var random = new TauswortheRandom(seed ?? DefaultSeed);
                return () => random.NextSingle();
            });
        }

        var column = data.Schema.GetColumnOrNull(keyColumn) ?? throw Contracts.MissingColumn("samplingKeyColumn", "SamplingKeyColumn", keyColumn);
        var hashSeed = seed ?? DefaultHashSeed;
        return new Sampling(data, [column.Index], column.Type switch
        {
            KeyDataViewType key => row => KeyShare(row, column, key.Count),
            TextDataViewType => row => Share<ReadOnlyMemory<char>>(row, column, text => HashShare(text, hashSeed)),
            BooleanDataViewType => row => Share<bool>(row, column, value => HashShare(value ? 1u : 0u, hashSeed)),
            _ when column.Type == NumberDataViewType.Int32 => row => Share<int>(row, column, value => HashShare((uint)value, hashSeed)),
            _ when column.Type == NumberDataViewType.Single => RangeShare<float>(data, column),
            _ when column.Type == NumberDataViewType.Double => RangeShare<double>(data, column),
            _ => throw new NotSupportedException(
                $"Column '{keyColumn}' of type {column.Type}: this build of Microsoft.ML splits by keys and by String, Boolean, Int32, Single and Double."),
        });
    }

    /// <summary>The rows whose share passes a test. One without a share, whose key is missing, never does.</summary>
    public IDataView Filter(Func<double, bool> test) => new FilterDataView(_data, _columns, row =>
    {
        var share = _makeShare(row);
        return () => test(share());
    });

    private static Func<double> Share<T>(DataViewRow row, DataViewSchema.Column column, Func<T, double> shareOf)
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return shareOf(value);
        };
    }

    private static Func<double> KeyShare(DataViewRow row, DataViewSchema.Column column, ulong count)
    {
        var getter = KeyReader.Create(row, column);
        return () => getter() is var key and > 0 && key <= count ? (key - 0.5) / count : double.NaN;
    }

    private static Func<DataViewRow, Func<double>> RangeShare<T>(IDataView data, DataViewSchema.Column column) where T : IConvertible
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var item in data.GetColumn<T>(column))
        {
            var value = item.ToDouble(null);
            if (double.IsFinite(value))
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        var scale = max > min ? 1 / (max - min) : 0;
        return row => Share<T>(row, column, value => (value.ToDouble(null) - min) * scale);
    }

    private static double HashShare(ReadOnlyMemory<char> text, uint seed) => text.IsEmpty
        ? double.NaN
        : HashShare(Murmur.Hash(Encoding.UTF8.GetBytes(text.Span.Trim(' ').ToString()), seed));

    private static double HashShare(uint value, uint seed) => HashShare(Murmur.Mix(Murmur.Round(seed, value) ^ sizeof(uint)));

    private static double HashShare(uint hash) => ((hash & (HashRange - 1)) + 0.5) / HashRange;
}
