namespace TorchSharp;

public static partial class torch
{
    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null)
    {
        if (sorter is not null) throw new NotSupportedException("A sorter is not supported by this build of TorchSharp: sort the sequence first.");
        var result = Native.ts_searchsorted(sorted_sequence.Handle, values.Handle, out_int32, right);
        GC.KeepAlive(sorted_sequence);
        GC.KeepAlive(values);
        return Tensor.Wrap(result);
    }
}
