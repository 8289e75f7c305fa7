using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>What is known about a vector from the columns that it was put together from.</summary>
internal static class ConcatenatedAnnotations
{
    public static DataViewSchema.Annotations Create(DataViewSchema.Column[] sources, int[] sizes, int size)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (ItemMap.ItemType(sources[0].Type) is NumberDataViewType && sources.All(source => source.IsNormalized()))
            builder.Add(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, (ref bool value) => value = true);
        if (size > 0 && sources.Any(source => source.Type is not VectorDataViewType || source.HasSlotNames()))
            builder.AddSlotNames(size, (ref VBuffer<ReadOnlyMemory<char>> names) => GetSlotNames(sources, size, ref names));
        if (size > 0 && sources.Any(source => Categories(source).Length > 0))
            AddCategories(builder, sources, sizes);
        return builder.ToAnnotations();
    }

    // The slots of a vector without names have none here either.
    private static void GetSlotNames(DataViewSchema.Column[] sources, int size, ref VBuffer<ReadOnlyMemory<char>> names)
    {
        var editor = VBufferEditor.Create(ref names, size);
        editor.Values.Clear();
        var slot = 0;
        foreach (var source in sources)
        {
            if (source.Type is not VectorDataViewType vector)
            {
                editor.Values[slot++] = source.Name.AsMemory();
                continue;
            }

            VBuffer<ReadOnlyMemory<char>> own = default;
            if (source.HasSlotNames())
                source.GetSlotNames(ref own);
            foreach (var (i, name) in own.Items())
                editor.Values[slot + i] = name.IsEmpty ? default : $"{source.Name}.{name}".AsMemory();
            slot += vector.Size;
        }

        names = editor.Commit();
    }

    private static void AddCategories(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column[] sources, int[] sizes)
    {
        var ranges = new List<int>();
        var start = 0;
        for (var i = 0; i < sources.Length; start += sizes[i++])
            ranges.AddRange(Categories(sources[i]).Select(slot => slot + start));
        builder.AddVector(
            AnnotationKinds.CategoricalSlotRanges,
            new VectorDataViewType(NumberDataViewType.Int32, ranges.Count / 2, 2),
            new VBuffer<int>(ranges.Count, [.. ranges]));
    }

    private static int[] Categories(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.CategoricalSlotRanges)?.Type.RawType != typeof(VBuffer<int>))
            return [];
        VBuffer<int> ranges = default;
        column.Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref ranges);
        return [.. ranges.DenseValues()];
    }
}
