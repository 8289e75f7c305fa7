using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas;

/// <summary>Predicted classes as keys of the label's type, with what the label's keys stand for.</summary>
/// <param name="label">The label column.</param>
/// <param name="keyValues">What its keys stand for; null where they stand for themselves.</param>
internal sealed class PredictedKeys(LabelColumn label, KeyValues? keyValues)
{
    /// <summary>The class, counted from 0, that a row's values stand for.</summary>
    public delegate int ClassOf(ReadOnlySpan<float> values);

    /// <summary>The number of classes; where only the shape is known, 1 stands for the real number.</summary>
    public int Classes { get; } = Math.Max(1, label.Classes);

    /// <summary>A column of keys: one a row, or a vector of them where the label is one.</summary>
    public DataViewSchema.DetachedColumn Column(string name)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        keyValues?.AddTo(annotations);
        var key = new KeyDataViewType(label.RawType, Classes);
        return new(name, label.IsVector ? new VectorDataViewType(key) : key, annotations.ToAnnotations());
    }

    /// <summary>The getter of one key a row.</summary>
    public Delegate Getter(IPredictionSource source, ClassOf classOf) => Getter(source, classOf, tokens: null);

    /// <summary>The getter of the most probable key of every token.</summary>
    /// <param name="source">Gives a probability per class for every token.</param>
    /// <param name="tokens">The number of the row's tokens.</param>
    public Delegate Getter(IPredictionSource source, Func<IPredictionSource, int> tokens) => Getter(source, MostProbable, tokens);

    /// <summary>The label value of a class: what its key stands for, or the key itself, counted from 1.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="classes">Int64, counted from 0.</param>
    public GraphValue Emit(GraphBuilder graph, GraphValue classes) => keyValues is null
        ? graph.Add(classes, graph.Constant(1L))
        : graph.Gather(Table(graph, keyValues.Values), classes);

    /// <summary>The label value of a key: what it stands for, or the key itself. The missing key stands for an empty text, 0 or false.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="keys">Int64, counted from 1; 0 is missing.</param>
    public GraphValue EmitOfKeys(GraphBuilder graph, GraphValue keys)
    {
        if (keyValues is null) return keys;
        var values = keyValues.Values;
        var withMissing = Array.CreateInstance(values.GetType().GetElementType()!, values.Length + 1);
        if (withMissing is string[] texts) texts[0] = "";
        values.CopyTo(withMissing, 1);
        return graph.Gather(Table(graph, withMissing), keys);
    }

    /// <summary>The first class of the greatest probability.</summary>
    public static int MostProbable(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best]) best = i;
        return best;
    }

    private Delegate Getter(IPredictionSource source, ClassOf classOf, Func<IPredictionSource, int>? tokens) => Type.GetTypeCode(label.RawType) switch
    {
        TypeCode.Byte => Getter<byte>(source, classOf, tokens),
        TypeCode.UInt16 => Getter<ushort>(source, classOf, tokens),
        TypeCode.UInt32 => Getter<uint>(source, classOf, tokens),
        _ => Getter<ulong>(source, classOf, tokens),
    };

    private Delegate Getter<T>(IPredictionSource source, ClassOf classOf, Func<IPredictionSource, int>? tokens) where T : INumberBase<T> =>
        tokens is null ? One<T>(source, classOf) : OfTokens<T>(source, classOf, tokens);

    private static ValueGetter<T> One<T>(IPredictionSource source, ClassOf classOf) where T : INumberBase<T> =>
        (ref T value) => value = T.CreateChecked(classOf(source.Current) + 1);

    private ValueGetter<VBuffer<T>> OfTokens<T>(IPredictionSource source, ClassOf classOf, Func<IPredictionSource, int> tokens) where T : INumberBase<T> => (ref VBuffer<T> value) =>
    {
        var editor = VBufferEditor.Create(ref value, tokens(source));
        for (var token = 0; token < editor.Values.Length; token++)
        {
            var probabilities = source.Current.Slice(token * Classes, Classes);
            var best = classOf(probabilities);
            // What is no token, between tokens, has no label.
            editor.Values[token] = probabilities[best] > 0 ? T.CreateChecked(best + 1) : T.Zero;
        }
        value = editor.Commit();
    };

    private static GraphValue Table(GraphBuilder graph, Array keyValues) => keyValues switch
    {
        string[] values => graph.Constant(values),
        float[] values => graph.Constant(values),
        double[] values => graph.Constant(values),
        bool[] values => graph.Constant(values),
        // GetType: the runtime lets an int[] pass for a uint[], and the other way round.
        var values when values.GetType() == typeof(ulong[]) => graph.Constant([.. values.Cast<object>().Select(static value => value.ToString()!)]),
        var values => graph.Constant([.. values.Cast<object>().Select(Convert.ToInt64)]),
    };
}
