namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor index_select(long dim, Tensor index) => Make(Native.ts_index_select(Handle, dim, index.Handle), index);

        public Tensor select(long dim, long index) => Make(Native.ts_select(Handle, dim, index));

        public Tensor gather(long dim, Tensor index) => Make(Native.ts_gather(Handle, dim, index.Handle), index);

        public Tensor take(Tensor index) => Make(Native.ts_take(Handle, index.Handle), index);

        public Tensor nonzero() => Make(Native.ts_nonzero(Handle));

        public Tensor argwhere() => nonzero();

        public Tensor masked_select(Tensor mask) => Make(Native.ts_masked_select(Handle, Mask(mask, "The mask tensor must be Boolean.")), mask);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Make(Native.ts_scatter(Handle, dim, index.Handle, src.Handle), index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Make(Native.ts_scatter_add(Handle, dim, index.Handle, src.Handle), index, src);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Make(Native.ts_index_copy(Handle, dim, Positions(index), source.Handle), index, source);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Make(Native.ts_index_add(Handle, dim, Positions(index), source.Handle, alpha), index, source);

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Make(Native.ts_index_fill(Handle, dim, Positions(index), value), index);

        public Tensor masked_fill(Tensor mask, Scalar value) => Make(Native.ts_masked_fill(Handle, mask.Handle, value), mask);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Self(Native.ts_scatter_(Handle, dim, index.Handle, src.Handle), index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Self(Native.ts_scatter_add_(Handle, dim, index.Handle, src.Handle), index, src);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Self(Native.ts_index_copy_(Handle, dim, Positions(index), source.Handle), index, source);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Self(Native.ts_index_add_(Handle, dim, Positions(index), source.Handle, alpha), index, source);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Self(Native.ts_index_fill_(Handle, dim, Positions(index), value), index);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Self(Native.ts_masked_fill_(Handle, mask.Handle, value), mask);

        public Tensor masked_scatter(Tensor mask, Tensor value) => Make(Native.ts_masked_scatter(Handle, mask.Handle, value.Handle), mask, value);

        public Tensor where(Tensor condition, Tensor y) =>
            Make(Native.ts_where(Mask(condition, "The condition to 'where' must be a boolean tensor."), Handle, y.Handle), condition, y);

        private static nint Positions(Tensor index) =>
            index.dtype == ScalarType.Int64 ? index.Handle : throw new ArgumentException("Element type of 'index' must be 'Int64'");

        private static nint Mask(Tensor mask, string message) => mask.dtype == ScalarType.Bool ? mask.Handle : throw new ArgumentException(message);
    }
}
