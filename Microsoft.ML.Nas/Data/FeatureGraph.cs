using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Data;

/// <summary>A <see cref="FeatureEncoder"/> as ONNX nodes, operation for operation.</summary>
internal static class FeatureGraph
{
    private const string Batch = "N";

    /// <summary>Declares an input for every feature column, <c>[N, size]</c> under the column's name and of its type, and encodes them.</summary>
    /// <returns>The encoded rows, Float <c>[N, width]</c>.</returns>
    public static GraphValue Emit(GraphBuilder graph, FeatureEncoder encoder)
    {
        // A column that is not encoded stays an input, so that a model takes the same columns whatever its training rows held.
        var inputs = encoder.Plan.Features.ToDictionary(static column => column, column => graph.Input(column.Name, TypeOf(column.RawType), Batch, column.Size));
        using var scope = graph.Scope("features");
        var parts = new List<GraphValue>();
        if (encoder.Numbers.Length + encoder.Indicators.Length > 0) EmitNumbers(graph, encoder, inputs, parts);
        EmitCategories(graph, encoder, inputs, parts);
        return Join(graph, parts);
    }

    /// <summary>The type of a column's tensors.</summary>
    public static ElementType TypeOf(Type rawType) => rawType == typeof(ReadOnlyMemory<char>) ? ElementType.String : Type.GetTypeCode(rawType) switch
    {
        TypeCode.Single => ElementType.Float,
        TypeCode.Double => ElementType.Double,
        TypeCode.SByte => ElementType.Int8,
        TypeCode.Byte => ElementType.UInt8,
        TypeCode.Int16 => ElementType.Int16,
        TypeCode.UInt16 => ElementType.UInt16,
        TypeCode.Int32 => ElementType.Int32,
        TypeCode.UInt32 => ElementType.UInt32,
        TypeCode.Int64 => ElementType.Int64,
        TypeCode.UInt64 => ElementType.UInt64,
        TypeCode.Boolean => ElementType.Bool,
        _ => throw new NotSupportedException($"Columns of {rawType} have no ONNX type."),
    };

    private static void EmitNumbers(GraphBuilder graph, FeatureEncoder encoder, Dictionary<FeatureColumn, GraphValue> inputs, List<GraphValue> parts)
    {
        var (values, places) = JoinNumbers(graph, encoder, inputs);
        if (encoder.Numbers.Length > 0)
        {
            var numbers = encoder.Numbers;
            var raw = Pick(graph, values, [.. numbers.Select(number => places[number.Slot])]);
            var standardised = graph.Mul(
                graph.Sub(raw, graph.Constant([.. numbers.Select(static number => number.Mean)])),
                graph.Constant([.. numbers.Select(static number => number.InverseStd)]));
            var bounded = graph.Max(
                graph.Min(standardised, graph.Constant([.. numbers.Select(static number => number.Upper)])),
                graph.Constant([.. numbers.Select(static number => number.Lower)]));
            parts.Add(graph.Where(graph.IsNaN(raw), graph.Constant(0f), graph.Cast(bounded, ElementType.Float)));
        }
        if (encoder.Indicators.Length > 0)
            parts.Add(graph.Cast(graph.IsNaN(Pick(graph, values, [.. encoder.Indicators.Select(slot => places[slot])])), ElementType.Float));
    }

    /// <summary>All numeric columns as one Double tensor, and the place in it of each of the plan's numeric values.</summary>
    private static (GraphValue Values, Dictionary<int, long> Places) JoinNumbers(GraphBuilder graph, FeatureEncoder encoder, Dictionary<FeatureColumn, GraphValue> inputs)
    {
        var places = new Dictionary<int, long>();
        var groups = new List<GraphValue>();
        // Columns of a type are joined first: a cast a type is cheaper than a cast a column.
        var columns = WithFirstSlot(encoder.Plan, numeric: true).Where(pair => encoder.Reads(pair.Column)).GroupBy(static pair => pair.Column.RawType);
        foreach (var group in columns)
        {
            foreach (var (column, first) in group)
                for (var slot = 0; slot < column.Size; slot++) places.Add(first + slot, places.Count);
            groups.Add(graph.Cast(Join(graph, [.. group.Select(pair => inputs[pair.Column])]), ElementType.Double));
        }
        return (Join(graph, groups), places);
    }

    private static void EmitCategories(GraphBuilder graph, FeatureEncoder encoder, Dictionary<FeatureColumn, GraphValue> inputs, List<GraphValue> parts)
    {
        var slots = encoder.Plan.CategorySlots().ToArray();
        foreach (var category in encoder.Categories)
        {
            var (column, slot) = slots[category.Slot];
            var value = inputs[column];
            if (column.Size > 1) value = graph.Gather(value, graph.Constant([(long)slot]), axis: 1);
            float[] codes = [.. Enumerable.Range(1, category.Values.Length)];
            parts.Add(column.Kind == FeatureKind.Text
                ? graph.LabelEncoder(value, [.. category.Values.Select(static known => known.Text!)], codes, 0f)
                : graph.LabelEncoder(graph.Cast(value, ElementType.Int64), [.. category.Values.Select(static known => (long)known.Key)], codes, 0f));
        }
    }

    private static IEnumerable<(FeatureColumn Column, int First)> WithFirstSlot(ColumnPlan plan, bool numeric)
    {
        var first = 0;
        foreach (var column in plan.Features.Where(column => column.IsNumeric == numeric))
        {
            yield return (column, first);
            first += column.Size;
        }
    }

    private static GraphValue Pick(GraphBuilder graph, GraphValue values, long[] places) =>
        values.Shape[1].Size == places.Length && places.Index().All(static pair => pair.Index == pair.Item)
            ? values
            : graph.Gather(values, graph.Constant(places), axis: 1);

    private static GraphValue Join(GraphBuilder graph, IReadOnlyList<GraphValue> values) => values.Count == 1 ? values[0] : graph.Concat(axis: 1, [.. values]);
}
