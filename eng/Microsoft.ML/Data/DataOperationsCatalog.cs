using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Making views of data and changing which rows they have.</summary>
public sealed class DataOperationsCatalog
{
    internal DataOperationsCatalog(HostEnvironment env) => Environment = env;

    internal HostEnvironment Environment { get; }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null) where TRow : class
    {
        Contracts.CheckValue(data, nameof(data));
        return new EnumerableDataView<TRow>(data, MemberColumn.Bind(typeof(TRow), SchemaDefinition.Direction.Read, schemaDefinition));
    }

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema) where TRow : class
        => LoadFromEnumerable(data, SchemaDefinition.Of(typeof(TRow), Contracts.CheckValue(schema, nameof(schema))));

    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        Contracts.CheckValue(data, nameof(data));
        return Enumerate(data, new ObjectWriter<TRow>(data.Schema, ignoreMissingColumns, schemaDefinition), reuseRowObject);
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        Contracts.CheckValue(input, nameof(input));
        var prefetch = (columnsToPrefetch ?? []).Select(name
            => input.Schema.GetColumnOrNull(name)?.Index ?? throw Contracts.MissingColumn(nameof(columnsToPrefetch), "prefetch", name));
        return new CacheDataView(input, [.. prefetch]);
    }

    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(columns is { Length: > 0 }, nameof(columns));
        return MissingValueFilter.Apply(input, columns);
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new ShuffleDataView(
            input, seed ?? ((TauswortheRandom)Environment.Register("Shuffle").Rand).NextSigned(), shufflePoolSize, shuffleSource);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new SkipTakeDataView(input, count, long.MaxValue);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        Contracts.CheckValue(input, nameof(input));
        Contracts.CheckParam(count > 0, nameof(count), "Must be greater than zero.");
        return new SkipTakeDataView(input, 0, count);
    }

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckParam(testFraction is > 0 and < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        var sampling = Sampling.Create(data, samplingKeyColumnName, (uint?)(seed ?? Environment.Seed));
        return new TrainTestData(sampling.Filter(share => share < 0 || share >= testFraction), sampling.Filter(share => share >= 0 && share < testFraction));
    }

    private static IEnumerable<TRow> Enumerate<TRow>(IDataView data, ObjectWriter<TRow> writer, bool reuseRowObject) where TRow : class, new()
    {
        using var cursor = data.GetRowCursor(writer.Columns);
        var setters = writer.MakeSetters(cursor);
        TRow row = null;
        while (cursor.MoveNext())
        {
            if (row is null || !reuseRowObject)
                row = new TRow();
            foreach (var set in setters)
                set(row);
            yield return row;
        }
    }

    /// <summary>A data set in two parts.</summary>
    public struct TrainTestData
    {
        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;

        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }
    }
}
