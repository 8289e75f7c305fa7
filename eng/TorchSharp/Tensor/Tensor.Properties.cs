namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public long Dimensions => Native.ts_dim(Handle);

        public long dim() => Native.ts_dim(Handle);

        public long ndim => Native.ts_dim(Handle);

        public long NumberOfElements => Native.ts_numel(Handle);

        public long numel() => Native.ts_numel(Handle);

        public long ElementSize => Native.ts_element_size(Handle);

        public long element_size() => Native.ts_element_size(Handle);

        public ScalarType dtype => (ScalarType)Native.ts_dtype(Handle);

        public Device device => new(device_type, device_index);

        public DeviceType device_type => (DeviceType)Native.ts_device_type(Handle);

        public int device_index => Native.ts_device_index(Handle);

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Native.ts_is_sparse(Handle);

        public bool is_pinned() => Native.ts_is_pinned(Handle);

        public bool is_contiguous() => Native.ts_is_contiguous(Handle);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public long[] shape
        {
            get
            {
                var sizes = new long[ndim];
                fixed (long* p = sizes) Check(Native.ts_shape(Handle, p));
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim)
        {
            long result;
            Check(Native.ts_size(Handle, dim, &result));
            return result;
        }

        public long[] stride()
        {
            var strides = new long[ndim];
            fixed (long* p = strides) Check(Native.ts_strides(Handle, p));
            return strides;
        }

        public long stride(int dim)
        {
            long result;
            Check(Native.ts_stride(Handle, dim, &result));
            return result;
        }

        public long storage_offset() => Native.ts_storage_offset(Handle);
    }
}
