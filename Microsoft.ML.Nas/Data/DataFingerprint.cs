using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Data;

/// <summary>What data a search was given: enough to tell other data, and where it differs.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The columns that were read.</param>
/// <param name="Hash">A hash of all of it.</param>
internal sealed record DataFingerprint(int Rows, IReadOnlyList<DataFingerprint.Column> Columns, string Hash)
{
    private const int RowsAtATime = 1024;
    private const int HexDigits = 24;

    /// <param name="Name">The column's name.</param>
    /// <param name="Role">What it is read for.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Hash">A hash of its values in the order of the rows.</param>
    internal sealed record Column(string Name, string Role, string Type, string Hash);

    /// <param name="rows">The rows.</param>
    /// <param name="classes">What the label's classes are called, in order; none for a number.</param>
    public static DataFingerprint Of(RawRows rows, IReadOnlyList<string> classes)
    {
        var plan = rows.Plan;
        var features = plan.Features.ToDictionary(static column => column.Name, static _ => IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
        var all = rows.AllRows();
        for (var start = 0; start < rows.Rows; start += RowsAtATime)
            foreach (var (name, tensor) in rows.Tensors(all.AsSpan(start, Math.Min(RowsAtATime, rows.Rows - start)))) Append(features[name], tensor);
        var columns = plan.Features.Select(column => new Column(column.Name, "feature", column.TypeName, Text(features[column.Name].GetHashAndReset()))).ToList();
        columns.Add(new(plan.Label.Name, "label", $"{ColumnInfo.Describe(plan.Label.RawType, plan.Label.IsKey, plan.Label.IsVector, 0, [])} for {plan.Task}", HashOf(rows.Labels, classes)));
        if (rows.Weights is { } weights) columns.Add(new(plan.WeightColumnName!, "weight", nameof(Single), HashOf(weights, [])));
        foreach (var hash in features.Values) hash.Dispose();
        return new(rows.Rows, columns, Text(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', columns)))));
    }

    private static void Append(IncrementalHash hash, OnnxTensor tensor)
    {
        switch (tensor)
        {
            case OnnxTensor<string> text:
                foreach (var value in text.Span)
                {
                    hash.AppendData(MemoryMarshal.AsBytes(value.AsSpan()));
                    // No text holds it, so that "ab", "c" and "a", "bc" differ.
                    hash.AppendData([0xFF, 0xFF]);
                }
                break;
            case OnnxTensor<float> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<double> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<long> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<ulong> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<int> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<uint> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<short> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<ushort> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<sbyte> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<byte> numbers: Append(hash, numbers.Span); break;
            case OnnxTensor<bool> flags: Append(hash, flags.Span); break;
            default: throw new NotSupportedException($"Values of type {tensor.ElementType} cannot be told apart.");
        }
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values) where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values));

    private static string HashOf(float[] values, IReadOnlyList<string> classes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append<float>(hash, values);
        foreach (var name in classes) hash.AppendData(Encoding.UTF8.GetBytes($"\n{name}"));
        return Text(hash.GetHashAndReset());
    }

    private static string Text(byte[] hash) => Convert.ToHexStringLower(hash)[..HexDigits];
}
