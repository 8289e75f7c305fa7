using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Data;

/// <summary>Reads the label of the row that a cursor stands on: 0 or 1 for two classes, the class counted from 0, or the number.</summary>
internal static class LabelReader
{
    /// <summary>Adds the current row's label, or the labels of its tokens.</summary>
    /// <param name="labels">The labels of the rows before.</param>
    /// <param name="row">The row's number, which errors name.</param>
    /// <param name="tokens">The number of the row's tokens.</param>
    public delegate void Append(List<float> labels, int row, int tokens);

    /// <summary>Binds to the label column.</summary>
    public static Append Create(DataViewRow row, ColumnPlan plan)
    {
        var (label, source) = (plan.Label, row.Schema[plan.Label.Name]);
        return label.RawType switch
        {
            var type when type == typeof(bool) => One(Boolean(row.GetGetter<bool>(source))),
            var type when type == typeof(float) => One(Number(row.GetGetter<float>(source), label.Name)),
            var type when type == typeof(byte) => Keys<byte>(row, source, plan),
            var type when type == typeof(ushort) => Keys<ushort>(row, source, plan),
            var type when type == typeof(uint) => Keys<uint>(row, source, plan),
            var type when type == typeof(ulong) => Keys<ulong>(row, source, plan),
            var type => throw new NotSupportedException($"The label column '{label.Name}' holds {type}, which is neither a Boolean, a Single nor a key."),
        };
    }

    private static Append Keys<T>(DataViewRow row, DataViewSchema.Column source, ColumnPlan plan) where T : struct, INumberBase<T> => plan.Label.IsVector
        ? Tokens(row.GetGetter<VBuffer<T>>(source), plan)
        : One(Key(row.GetGetter<T>(source), plan.Label.Name));

    private static Append One(Func<int, float> read) => (labels, row, _) => labels.Add(read(row));

    private static Func<int, float> Boolean(ValueGetter<bool> getter) => _ =>
    {
        var value = false;
        getter(ref value);
        return value ? 1f : 0f;
    };

    private static Func<int, float> Number(ValueGetter<float> getter, string name) => row =>
    {
        var value = 0f;
        getter(ref value);
        return float.IsFinite(value) ? value : throw new TrainingDataException(name,
            $"The label column '{name}' is {value} in row {row}. Every label must be a finite number: remove such rows, for example with ml.Data.FilterRowsByMissingValues.");
    };

    private static Func<int, float> Key<T>(ValueGetter<T> getter, string name) where T : struct, INumberBase<T> => row =>
    {
        var value = T.Zero;
        getter(ref value);
        return !T.IsZero(value) ? float.CreateTruncating(value) - 1 : throw new TrainingDataException(name,
            $"The label column '{name}' is missing (key 0) in row {row}. Every row needs a label: remove such rows, for example with ml.Data.FilterRowsByMissingValues.");
    };

    /// <summary>Missing keys at the end are none: vectors of a fixed size are filled up with them.</summary>
    private static Append Tokens<T>(ValueGetter<VBuffer<T>> getter, ColumnPlan plan) where T : struct, INumberBase<T>
    {
        var (name, text) = (plan.Label.Name, plan.Features[0]);
        VBuffer<T> buffer = default;
        return (labels, row, tokens) =>
        {
            getter(ref buffer);
            T[] keys = [.. buffer.DenseValues()];
            var count = Array.FindLastIndex(keys, static key => !T.IsZero(key)) + 1;
            if (count != tokens)
                throw new TrainingDataException(name, $"Row {row} has {tokens} tokens in the column '{text.Name}' and {count} labels in the label column '{name}'; every token needs one. "
                    + (text.IsVector ? "Remove the row, or label its tokens anew." : $"The tokens of a Text are those that {nameof(TextOptions)}.{nameof(TextOptions.Tokenize)} finds; to label others, give the tokens themselves, a vector of Text."));
            foreach (var (position, key) in keys.AsSpan(0, count).ToArray().Index())
                labels.Add(!T.IsZero(key) ? float.CreateTruncating(key) - 1 : throw new TrainingDataException(name,
                    $"The label column '{name}' is missing (key 0) at token {position} of row {row}. Every token needs a label: give those that are nothing in particular one of their own, such as O."));
        };
    }
}
