using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Nas.Tests.Data;

/// <summary>Random data views with columns of every supported type.</summary>
internal static class RandomTables
{
    private static readonly string[] Words = ["red", "green", "blue", "", "größe", "日本", "a b", "RED"];

    /// <summary>A view with a Single label and some twenty feature columns.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="random">The source.</param>
    /// <param name="wild">Adds infinities, huge values, and categories that a tame view never has.</param>
    public static TestView Create(int rows, Random random, bool wild)
    {
        var view = new TestView().Single("Label", Values(rows, () => (float)random.NextDouble()));
        view.Add("Single", NumberDataViewType.Single, Values(rows, Single)).Add("Double", NumberDataViewType.Double, Values(rows, Double));
        view.Add("SByte", NumberDataViewType.SByte, Values(rows, Integer<sbyte>)).Add("Byte", NumberDataViewType.Byte, Values(rows, Integer<byte>));
        view.Add("Int16", NumberDataViewType.Int16, Values(rows, Integer<short>)).Add("UInt16", NumberDataViewType.UInt16, Values(rows, Integer<ushort>));
        view.Add("Int32", NumberDataViewType.Int32, Values(rows, Integer<int>)).Add("UInt32", NumberDataViewType.UInt32, Values(rows, Integer<uint>));
        view.Add("Int64", NumberDataViewType.Int64, Values(rows, Integer<long>)).Add("UInt64", NumberDataViewType.UInt64, Values(rows, Integer<ulong>));
        view.Add("Boolean", BooleanDataViewType.Instance, Values(rows, () => random.Next(2) == 1));
        view.Add("Text", TextDataViewType.Instance, Values(rows, Text));
        view.Add("KeyByte", new KeyDataViewType(typeof(byte), 200), Values(rows, Key<byte>)).Add("KeyUInt16", new KeyDataViewType(typeof(ushort), 200), Values(rows, Key<ushort>));
        view.Add("KeyUInt32", new KeyDataViewType(typeof(uint), 200), Values(rows, Key<uint>)).Add("KeyUInt64", new KeyDataViewType(typeof(ulong), 200), Values(rows, Key<ulong>));
        view.Add("Singles", new VectorDataViewType(NumberDataViewType.Single, 3), Values(rows, () => Vector(3, Single)));
        view.Add("Doubles", new VectorDataViewType(NumberDataViewType.Double, 2), Values(rows, () => Vector(2, Double)));
        view.Add("Booleans", new VectorDataViewType(BooleanDataViewType.Instance, 2), Values(rows, () => Vector(2, () => random.Next(3) == 0)));
        view.Add("Texts", new VectorDataViewType(TextDataViewType.Instance, 2), Values(rows, () => Vector(2, Text)));
        return view.Add("Keys", new VectorDataViewType(new KeyDataViewType(typeof(uint), 200), 2), Values(rows, () => Vector(2, Key<uint>)));

        float Single() => random.Next(wild ? 8 : 6) switch
        {
            0 => float.NaN,
            6 => random.Next(2) == 0 ? float.PositiveInfinity : float.NegativeInfinity,
            7 => float.MaxValue,
            _ => (float)(random.NextDouble() * 10 - 3),
        };

        double Double() => random.Next(wild ? 8 : 6) switch
        {
            0 => double.NaN,
            6 => random.Next(2) == 0 ? double.PositiveInfinity : double.NegativeInfinity,
            7 => -1e300,
            _ => 1.7e9 + random.NextDouble() * 1000,
        };

        T Integer<T>() where T : INumberBase<T>, IMinMaxValue<T> => wild && random.Next(6) == 0
            ? (random.Next(2) == 0 ? T.MinValue : T.MaxValue)
            : T.CreateTruncating(random.Next(0, 100));

        T Key<T>() where T : INumberBase<T> => T.CreateChecked(wild && random.Next(5) == 0 ? random.Next(100, 200) : random.Next(0, 6));

        ReadOnlyMemory<char> Text() => (wild && random.Next(5) == 0 ? $"new {random.Next()}" : Words[random.Next(Words.Length)]).AsMemory();

        VBuffer<T> Vector<T>(int length, Func<T> value)
        {
            if (random.Next(3) > 0) return new(length, Values(length, value));
            var index = random.Next(length);
            return new(length, 1, [value()], [index]);
        }
    }

    private static T[] Values<T>(int count, Func<T> value) => [.. Enumerable.Range(0, count).Select(_ => value())];
}
