using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingTransformer(string output, string[] inputs)
    {
        _output = output;
        _inputs = inputs;
    }

    private protected override RowMapping Map(DataViewSchema input)
    {
        var sources = _inputs.Select(name => input.GetColumnOrNull(name) ?? throw Contracts.MissingColumn("inputSchema", "input", name)).ToArray();
        var itemType = ItemMap.ItemType(sources[0].Type);
        foreach (var source in sources.Where(source => !ItemMap.ItemType(source.Type).Equals(itemType)))
            throw Contracts.SchemaMismatch("inputSchema", "input", source.Name, itemType.ToString(), source.Type.ToString());

        var indices = sources.Select(source => source.Index).ToArray();
        // A single vector goes through as it is.
        if (sources is [{ Type: VectorDataViewType } only])
        {
            return new RowMapping(input, new MappedColumn(
                new DataViewSchema.DetachedColumn(_output, only.Type, only.Annotations), indices, row => Rows.GetterOf(row, only)));
        }

        var sizes = sources.Select(source => source.Type is VectorDataViewType vector ? vector.Size : 1).ToArray();
        var size = sizes.Contains(0) ? 0 : sizes.Sum();
        var type = new VectorDataViewType(itemType, size);
        var column = new DataViewSchema.DetachedColumn(_output, type, ConcatenatedAnnotations.Create(sources, sizes, size));
        return new RowMapping(input, new MappedColumn(
            column, indices, row => Generic.Call<Delegate>(MakeGetter<int>, itemType.RawType, row, sources)));
    }

    private static ValueGetter<VBuffer<T>> MakeGetter<T>(DataViewRow row, DataViewSchema.Column[] sources)
    {
        var scalars = sources.Select(source => source.Type is VectorDataViewType ? null : row.GetGetter<T>(source)).ToArray();
        var vectors = sources.Select(source => source.Type is VectorDataViewType ? row.GetGetter<VBuffer<T>>(source) : null).ToArray();
        var buffers = new VBuffer<T>[sources.Length];
        return (ref VBuffer<T> value) =>
        {
            var (length, count) = Read(vectors, buffers);
            if (count > length / 2)
                Fill(scalars, buffers, length, ref value);
            else
                FillSparse(scalars, buffers, length, count, ref value);
        };
    }

    private static (int Length, int Count) Read<T>(ValueGetter<VBuffer<T>>[] vectors, VBuffer<T>[] buffers)
    {
        var (length, count) = (0, 0);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i]?.Invoke(ref buffers[i]);
            length += vectors[i] is null ? 1 : buffers[i].Length;
            count += vectors[i] is null ? 1 : buffers[i].GetValues().Length;
        }

        return (length, count);
    }

    private static void Fill<T>(ValueGetter<T>[] scalars, VBuffer<T>[] buffers, int length, ref VBuffer<T> value)
    {
        var editor = VBufferEditor.Create(ref value, length);
        var slot = 0;
        for (var i = 0; i < scalars.Length; i++)
        {
            if (scalars[i] is { } scalar)
            {
                scalar(ref editor.Values[slot++]);
                continue;
            }

            buffers[i].CopyTo(editor.Values, slot);
            slot += buffers[i].Length;
        }

        value = editor.Commit();
    }

    private static void FillSparse<T>(ValueGetter<T>[] scalars, VBuffer<T>[] buffers, int length, int count, ref VBuffer<T> value)
    {
        var editor = VBufferEditor.Create(ref value, length, count);
        var (slot, filled) = (0, 0);
        for (var i = 0; i < scalars.Length; i++)
        {
            if (scalars[i] is { } scalar)
            {
                scalar(ref editor.Values[filled]);
                editor.Indices[filled++] = slot++;
                continue;
            }

            var values = buffers[i].GetValues();
            var indices = buffers[i].GetIndices();
            for (var j = 0; j < values.Length; j++)
            {
                editor.Values[filled] = values[j];
                editor.Indices[filled++] = slot + (indices.IsEmpty ? j : indices[j]);
            }

            slot += buffers[i].Length;
        }

        value = editor.Commit();
    }
}
