namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor view(params long[] shape)
        {
            fixed (long* p = shape) return Make(Native.ts_view(Handle, new(p, shape.Length)));
        }

        public Tensor reshape(params long[] shape)
        {
            fixed (long* p = shape) return Make(Native.ts_reshape(Handle, new(p, shape.Length)));
        }

        public Tensor permute(params long[] permutation)
        {
            fixed (long* p = permutation) return Make(Native.ts_permute(Handle, new(p, permutation.Length)));
        }

        public Tensor repeat(params long[] sizes)
        {
            fixed (long* p = sizes) return Make(Native.ts_repeat(Handle, new(p, sizes.Length)));
        }

        public Tensor flip(params long[] dims)
        {
            fixed (long* p = dims) return Make(Native.ts_flip(Handle, new(p, dims.Length)));
        }

        public Tensor tile(long[] reps)
        {
            fixed (long* p = reps) return Make(Native.ts_tile(Handle, new(p, reps.Length)));
        }

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false)
        {
            fixed (long* p = sizes) return Make(Native.ts_expand(Handle, new(p, sizes.Length), isImplicit));
        }

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand(sizes.AsSpan(), isImplicit);

        public Tensor expand(params long[] sizes) => expand(sizes.AsSpan());

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor broadcast_to(params long[] shape) => expand(shape.AsSpan());

        public Tensor t() => Make(Native.ts_t(Handle));

        /// <summary>The dimensions in reverse order.</summary>
        public Tensor T => permute(Enumerable.Range(0, (int)ndim).Select(i => ndim - 1 - i).ToArray());

        public Tensor mT => transpose(-2, -1);

        public Tensor transpose(long dim0, long dim1) => Make(Native.ts_transpose(Handle, dim0, dim1));

        public Tensor transpose_(long dim0, long dim1) => Self(Native.ts_transpose_(Handle, dim0, dim1));

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor movedim(long[] source, long[] destination)
        {
            fixed (long* p = source, q = destination) return Make(Native.ts_movedim(Handle, new(p, source.Length), new(q, destination.Length)));
        }

        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        public Tensor squeeze(long? dim = null) => Make(dim is { } d ? Native.ts_squeeze_dim(Handle, d) : Native.ts_squeeze(Handle));

        public Tensor squeeze_(long? dim = null) => Self(dim is { } d ? Native.ts_squeeze_dim_(Handle, d) : Native.ts_squeeze_(Handle));

        public Tensor unsqueeze(long dim) => Make(Native.ts_unsqueeze(Handle, dim));

        public Tensor unsqueeze_(long dim) => Self(Native.ts_unsqueeze_(Handle, dim));

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Make(Native.ts_flatten(Handle, start_dim, end_dim));

        public Tensor ravel() => flatten();

        public Tensor unflatten(long dim, params long[] sizes)
        {
            fixed (long* p = sizes) return Make(Native.ts_unflatten(Handle, dim, new(p, sizes.Length)));
        }

        public Tensor narrow(long dim, long start, long length) => Make(Native.ts_narrow(Handle, dim, start, length));

        public Tensor slice(long dim, long start, long finish, long step) => step < 1
            ? throw new ArgumentException($"step is {step}, but it should always be positive.")
            : Make(Native.ts_slice(Handle, dim, start, finish, step));

        public Tensor unfold(long dimension, long size, long step) => Make(Native.ts_unfold(Handle, dimension, size, step));

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0)
        {
            fixed (long* p = size, q = strides) return Make(Native.ts_as_strided(Handle, new(p, size.Length), new(q, strides.Length), storageOffset));
        }

        public Tensor diag(long diagonal = 0) => Make(Native.ts_diag(Handle, diagonal));

        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Make(Native.ts_diagonal(Handle, offset, dim1, dim2));

        public Tensor tril(long diagonal = 0) => Make(Native.ts_tril(Handle, diagonal));

        public Tensor triu(long diagonal = 0) => Make(Native.ts_triu(Handle, diagonal));

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default)
        {
            fixed (long* p = shifts, q = dims) return Make(Native.ts_roll(Handle, new(p, shifts.Length), new(q, dims.Length)));
        }

        public Tensor roll(long shifts, long? dims = null) => roll([shifts], dims is { } d ? [d] : default);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Make(Native.ts_repeat_interleave(Handle, repeats, NativeScalar.From(dim)));

        public Tensor[] split(long size, int dim = 0)
        {
            long n;
            return Many(Native.ts_split(Handle, size, dim, &n), &n);
        }

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0)
        {
            long n;
            fixed (long* p = sizes) return Many(Native.ts_split_sizes(Handle, new(p, sizes.Length), dim, &n), &n);
        }

        public Tensor[] split(long[] sizes, long dim = 0) => split(sizes.AsSpan(), dim);

        public Tensor[] split(params long[] sizes) => split(sizes.AsSpan());

        public Tensor[] chunk(long chunks, long dim = 0L)
        {
            long n;
            return Many(Native.ts_chunk(Handle, chunks, dim, &n), &n);
        }

        public Tensor[] unbind(long dimension = 0L)
        {
            long n;
            return Many(Native.ts_unbind(Handle, dimension, &n), &n);
        }

        private Tensor[] Many(nint* handles, long* count)
        {
            GC.KeepAlive(this);
            return Native.Adopt(handles, *count);
        }
    }
}
