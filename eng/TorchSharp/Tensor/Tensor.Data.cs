using System.Numerics;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>Access to the elements; a tensor on another device is copied to the CPU first.</summary>
        /// <exception cref="ArgumentException">T is not the .NET type of the elements.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <exception cref="ArgumentException">The tensor has more or less than one element, or T is not the .NET type of the elements.</exception>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            ValidateType(typeof(T));
            if (device_type != DeviceType.CPU)
            {
                using var copy = cpu();
                return *(T*)copy.DataPointer;
            }
            var value = *(T*)DataPointer;
            GC.KeepAlive(this);
            return value;
        }

        public Scalar ToScalar()
        {
            NativeScalar value;
            Check(Native.ts_item(Handle, &value));
            return new Scalar(value);
        }

        /// <summary>The memory of a contiguous CPU tensor.</summary>
        public Span<byte> bytes
        {
            get
            {
                var size = NumberOfElements * ElementSize;
                ValidateBytes(size);
                return new Span<byte>((void*)DataPointer, (int)size);
            }
            set
            {
                if (!is_contiguous()) throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                if (NumberOfElements * ElementSize != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(new Span<byte>((void*)DataPointer, value.Length));
            }
        }

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            ValidateBytes(0);
            var left = NumberOfElements * ElementSize;
            var pointer = (byte*)DataPointer;
            for (; left > 0; left -= bufferSize, pointer += bufferSize)
                stream.Write(new ReadOnlySpan<byte>(pointer, (int)Math.Min(left, bufferSize)));
            GC.KeepAlive(this);
        }

        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            ValidateBytes(0);
            var left = NumberOfElements * ElementSize;
            var pointer = (byte*)DataPointer;
            for (; left > 0; left -= bufferSize, pointer += bufferSize)
                stream.ReadExactly(new Span<byte>(pointer, (int)Math.Min(left, bufferSize)));
            GC.KeepAlive(this);
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged => TensorAccessor<T>.ReadItemAt(this, i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public override string ToString()
        {
            if (IsInvalid) return "(invalid tensor)";
            return $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
        }

        internal nint DataPointer => Native.ts_data(Handle);

        internal void ValidateType(Type type)
        {
            var expected = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Bool => typeof(bool),
                ScalarType.Float16 => typeof(Half),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                ScalarType.ComplexFloat32 => typeof((float, float)),
                ScalarType.ComplexFloat64 => typeof(Complex),
                _ => null,
            };
            if (type != expected) throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }

        private void ValidateBytes(long size)
        {
            if (!is_contiguous()) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            if (size > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        }
    }
}
