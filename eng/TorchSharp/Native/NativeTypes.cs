using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>A number passed by value: type 0 is int64, 1 double, 2 bool, 3 absent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeScalar(long bits, long type)
{
    internal readonly long Bits = bits;
    internal readonly long Type = type;

    internal static NativeScalar Absent => new(0, 3);

    internal static NativeScalar From(long? value) => value is { } v ? v : Absent;

    internal static NativeScalar From(double? value) => value is { } v ? v : Absent;

    public static implicit operator NativeScalar(long value) => new(value, 0);

    public static implicit operator NativeScalar(double value) => new(BitConverter.DoubleToInt64Bits(value), 1);

    public static implicit operator NativeScalar(bool value) => new(value ? 1 : 0, 2);

    public static implicit operator NativeScalar(Scalar? value) => value?.Value ?? Absent;
}

/// <summary>A list of int64 in pinned or stack memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeLongs(long* data, long length)
{
    internal readonly long* Data = data;
    internal readonly long Length = length;
}

/// <summary>A list of tensor handles in pinned memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NativeHandles(nint* data, long length)
{
    internal readonly nint* Data = data;
    internal readonly long Length = length;
}

/// <summary>dtype and device of a new tensor; -1 is unspecified.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeOptions
{
    internal readonly int ScalarType;
    internal readonly int DeviceType;
    internal readonly int DeviceIndex;
    internal readonly int RequiresGrad;

    internal NativeOptions(torch.ScalarType? dtype, torch.Device? device, bool requiresGrad = false)
    {
        ScalarType = dtype is { } type ? (int)type : -1;
        DeviceType = device is null ? -1 : (int)device.type;
        DeviceIndex = device?.index ?? -1;
        RequiresGrad = requiresGrad ? 1 : 0;
    }
}

/// <summary>One index of t[...]; the kinds are those of torch.TensorIndex.Kind, an absent bound is long.MinValue.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeIndex
{
    internal long Kind, Start, Stop, Step;
    internal nint Tensor;
}
