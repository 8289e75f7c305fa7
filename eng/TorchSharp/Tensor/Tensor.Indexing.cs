using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Single(indices));
            set => index_put_(value, Single(indices));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Make(Native.ts_select(Handle, 0, i1));
            set => Put([i1], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(Single([i1, i2]));
            set => Put([i1, i2], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(Single([i1, i2, i3]));
            set => Put([i1, i2, i3], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(Single([i1, i2, i3, i4]));
            set => Put([i1, i2, i3, i4], value);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            fixed (NativeIndex* p = Array.ConvertAll(indices, i => i.ToNative())) return Make(Native.ts_index(Handle, p, indices.Length), indices);
        }

        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            fixed (NativeIndex* p = Array.ConvertAll(indices, i => i.ToNative()))
                return Self(Native.ts_index_put_(Handle, p, indices.Length, value.Handle), value, indices);
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            fixed (NativeIndex* p = Array.ConvertAll(indices, i => i.ToNative()))
                return Self(Native.ts_index_put_scalar_(Handle, p, indices.Length, value), indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            if (!accumulate) return index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));
            fixed (nint* p = HandlesOf(indices)) return Self(Native.ts_index_accumulate_(Handle, p, indices.Length, value.Handle), value, indices);
        }

        private void Put(ReadOnlySpan<long> indices, Tensor value) => index_put_(value, Single(indices));

        private static TensorIndex[] Single(ReadOnlySpan<long> indices)
        {
            var result = new TensorIndex[indices.Length];
            for (var i = 0; i < result.Length; i++) result[i] = TensorIndex.Single(indices[i]);
            return result;
        }
    }
}
