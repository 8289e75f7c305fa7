using System.Text;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Cat(HandlesOf(tensors), tensors, dim, tensors.Count == 1 ? tensors[0] : null);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Cat(HandlesOf(tensors), tensors, dim, tensors.Length == 1 ? tensors[0] : null);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        var list = tensors.ToArray();
        fixed (nint* p = HandlesOf(list)) return Keep(Native.ts_stack(new(p, list.Length), dim), list);
    }

    /// <exception cref="ArgumentException">No tensors.</exception>
    private static Tensor Cat(nint[] handles, object keep, long dim, Tensor? single)
    {
        if (handles.Length == 0) throw new ArgumentException("Nothing to concatenate: give at least one tensor.", "tensors");
        if (single is not null) return single.alias();
        fixed (nint* p = handles) return Keep(Native.ts_cat(new(p, handles.Length), dim), keep);
    }

    public static Tensor einsum(string equation, params Tensor[] tensors)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(equation + '\0'))
        fixed (nint* p = HandlesOf(tensors))
            return Keep(Native.ts_einsum(text, new(p, tensors.Length)), tensors);
    }

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        var list = tensors.ToArray();
        long count;
        fixed (byte* text = Encoding.UTF8.GetBytes(indexing + '\0'))
        fixed (nint* p = HandlesOf(list))
        {
            var result = Native.Adopt(Native.ts_meshgrid(new(p, list.Length), text, &count), count);
            GC.KeepAlive(list);
            return result;
        }
    }

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors)
    {
        if (tensors.Length == 0) throw new ArgumentException("Nothing to broadcast: give at least one tensor.", nameof(tensors));
        long count;
        fixed (nint* p = HandlesOf(tensors))
        {
            var result = Native.Adopt(Native.ts_broadcast_tensors(new(p, tensors.Length), &count), count);
            GC.KeepAlive(tensors);
            return result;
        }
    }

    /// <exception cref="ArgumentException">The condition is not of type Bool.</exception>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    private static Tensor Keep(nint result, object operands)
    {
        GC.KeepAlive(operands);
        return Tensor.Wrap(result);
    }
}
