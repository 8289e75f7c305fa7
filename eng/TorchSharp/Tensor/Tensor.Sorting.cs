namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            var results = stackalloc nint[2];
            return Pair(Native.ts_topk(Handle, k, dim, largest, sorted, results), results);
        }

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false)
        {
            var results = stackalloc nint[2];
            return Pair(Native.ts_kthvalue(Handle, k, dim ?? -1, keepdim, results), results);
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            var results = stackalloc nint[2];
            return Pair(Native.ts_sort(Handle, dim, descending, stable, results), results);
        }

        public Tensor argsort(long dim = -1, bool descending = false) => Make(Native.ts_argsort(Handle, dim, descending));

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var results = stackalloc nint[3];
            Check(dim is { } d
                ? Native.ts_unique_dim(Handle, d, sorted, return_inverse, return_counts, results)
                : Native.ts_unique(Handle, sorted, return_inverse, return_counts, results));
            var (values, inverse, counts) = (new Tensor(results[0]), WrapOrNull(results[1]), WrapOrNull(results[2]));
            if (!return_inverse) inverse?.Dispose();
            if (!return_counts) counts?.Dispose();
            return (values, return_inverse ? inverse : null, return_counts ? counts : null);
        }

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => Make(Native.ts_bucketize(Handle, boundaries.Handle, outInt32, right), boundaries);
    }
}
