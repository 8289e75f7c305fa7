namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Make(Native.ts_sum(Handle, Code(type)));

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dim) return Make(Native.ts_sum_dims(Handle, new(p, dim.Length), keepdim, Code(type)));
        }

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum(dim.AsSpan(), keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Make(Native.ts_mean(Handle));

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dimensions) return Make(Native.ts_mean_dims(Handle, new(p, dimensions.Length), keepdim, Code(type)));
        }

        public Tensor prod(ScalarType? type = null) => Make(Native.ts_prod(Handle, Code(type)));

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Make(Native.ts_prod_dim(Handle, dim, keepdim, Code(type)));

        public Tensor nansum() => Make(Native.ts_nansum(Handle));

        public Tensor std(bool unbiased = true) => Make(Native.ts_std(Handle, unbiased));

        // As in the real library, the type asked for is not used.
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dimensions) return Make(Native.ts_std_dims(Handle, new(p, dimensions.Length), unbiased, keepdim));
        }

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std(dimensions.AsSpan(), unbiased, keepdim, type);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);

        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim.Item1, dim.Item2], unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => std_mean(ReadOnlySpan<long>.Empty, unbiased);

        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std_mean([dim], unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std_mean(dimensions.AsSpan(), unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            var results = stackalloc nint[2];
            fixed (long* p = dimensions) return Pair(Native.ts_std_mean(Handle, new(p, dimensions.Length), unbiased, keepdim, results), results);
        }

        public Tensor var(bool unbiased = true) => Make(Native.ts_var(Handle, unbiased));

        // As in the real library, the type asked for is not used.
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* p = dimensions) return Make(Native.ts_var_dims(Handle, new(p, dimensions.Length), unbiased, keepdim));
        }

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var(dimensions.AsSpan(), unbiased, keepdim, type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim.Item1, dim.Item2], unbiased, keepdim, type);

        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => var_mean(ReadOnlySpan<long>.Empty, unbiased);

        public (Tensor var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var_mean([dim], unbiased, keepdim, type);

        public (Tensor var, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var_mean(dimensions.AsSpan(), unbiased, keepdim, type);

        public (Tensor var, Tensor mean) var_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            var results = stackalloc nint[2];
            fixed (long* p = dimensions) return Pair(Native.ts_var_mean(Handle, new(p, dimensions.Length), unbiased, keepdim, results), results);
        }

        public Tensor all() => Make(Native.ts_all(Handle));

        public Tensor all(long dim, bool keepdim = false) => Make(Native.ts_all_dim(Handle, dim, keepdim));

        public Tensor any() => Make(Native.ts_any(Handle));

        public Tensor any(long dim, bool keepdim = false) => Make(Native.ts_any_dim(Handle, dim, keepdim));

        public Tensor max() => Make(Native.ts_max(Handle));

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            var results = stackalloc nint[2];
            return Pair(Native.ts_max_dim(Handle, dim, keepdim, results), results);
        }

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null)
        {
            fixed (long* p = dims) return Into(@out, Make(Native.ts_amax(Handle, new(p, dims.Length), keepdim)));
        }

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => amax(dims.AsSpan(), keepdim, @out);

        public Tensor amax(params long[] dims) => amax(dims.AsSpan());

        public Tensor argmax() => Make(Native.ts_argmax(Handle));

        public Tensor argmax(long dim, bool keepdim = false) => Make(Native.ts_argmax_dim(Handle, dim, keepdim));

        public (Tensor values, Tensor indexes) cummax(long dim)
        {
            var results = stackalloc nint[2];
            return Pair(Native.ts_cummax(Handle, dim, results), results);
        }

        public Tensor min() => Make(Native.ts_min(Handle));

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            var results = stackalloc nint[2];
            return Pair(Native.ts_min_dim(Handle, dim, keepdim, results), results);
        }

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null)
        {
            fixed (long* p = dims) return Into(@out, Make(Native.ts_amin(Handle, new(p, dims.Length), keepdim)));
        }

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => amin(dims.AsSpan(), keepdim, @out);

        public Tensor amin(params long[] dims) => amin(dims.AsSpan());

        public Tensor argmin() => Make(Native.ts_argmin(Handle));

        public Tensor argmin(long dim, bool keepdim = false) => Make(Native.ts_argmin_dim(Handle, dim, keepdim));

        public (Tensor values, Tensor indexes) cummin(long dim)
        {
            var results = stackalloc nint[2];
            return Pair(Native.ts_cummin(Handle, dim, results), results);
        }

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false)
        {
            var results = stackalloc nint[2];
            return Pair(Native.ts_aminmax(Handle, NativeScalar.From(dim), keepdim, results), results);
        }

        public Tensor median() => Make(Native.ts_median(Handle));

        public Tensor logsumexp(long dim, bool keepdim = false) => Make(Native.ts_logsumexp(Handle, dim, keepdim));

        public Tensor cumsum(long dim, ScalarType? type = null) => Make(Native.ts_cumsum(Handle, dim, Code(type)));

        public Tensor cumprod(long dim, ScalarType? type = null) => Make(Native.ts_cumprod(Handle, dim, Code(type)));

        public Tensor norm(float p = 2.0f) => Make(Native.ts_norm(Handle, p));

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Make(Native.ts_norm_dim(Handle, p, dim, keepdim));

        public Tensor dist(Tensor other, float p = 2.0f) => Make(Native.ts_dist(Handle, other.Handle, p), other);

        public Tensor count_nonzero(long[]? dims = null)
        {
            fixed (long* p = dims) return Make(Native.ts_count_nonzero(Handle, new(p, dims?.Length ?? 0)));
        }

        public Tensor bincount(Tensor? weights, long minlength = 0) => Make(Native.ts_bincount(Handle, HandleOf(weights), minlength), weights);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Make(Native.ts_histc(Handle, bins, min, max));

        // As in the real library, -1 stands for all dimensions, not for the last one.
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) =>
            Make(Native.ts_quantile(Handle, q.Handle, dim == -1 ? NativeScalar.Absent : dim, keepdim), q);

        private static Tensor Into(Tensor? @out, Tensor result)
        {
            if (@out is null) return result;
            @out.copy_(result);
            result.Dispose();
            return @out;
        }
    }
}
