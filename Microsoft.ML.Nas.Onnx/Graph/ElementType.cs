namespace Microsoft.ML.Nas.Onnx;

/// <summary>The type of a tensor's elements. The numbers are ONNX's own (TensorProto.DataType).</summary>
public enum ElementType
{
    /// <summary>32-bit floating point (<see cref="float"/>).</summary>
    Float = 1,

    /// <summary>Unsigned 8-bit integer (<see cref="byte"/>).</summary>
    UInt8 = 2,

    /// <summary>Signed 8-bit integer (<see cref="sbyte"/>).</summary>
    Int8 = 3,

    /// <summary>Unsigned 16-bit integer (<see cref="ushort"/>).</summary>
    UInt16 = 4,

    /// <summary>Signed 16-bit integer (<see cref="short"/>).</summary>
    Int16 = 5,

    /// <summary>Signed 32-bit integer (<see cref="int"/>).</summary>
    Int32 = 6,

    /// <summary>Signed 64-bit integer (<see cref="long"/>); the type of indices and shapes.</summary>
    Int64 = 7,

    /// <summary>UTF-8 text (<see cref="string"/>).</summary>
    String = 8,

    /// <summary>Truth value (<see cref="bool"/>), one byte each.</summary>
    Bool = 9,

    /// <summary>16-bit floating point (<see cref="Half"/>).</summary>
    Float16 = 10,

    /// <summary>64-bit floating point (<see cref="double"/>).</summary>
    Double = 11,

    /// <summary>Unsigned 32-bit integer (<see cref="uint"/>).</summary>
    UInt32 = 12,

    /// <summary>Unsigned 64-bit integer (<see cref="ulong"/>).</summary>
    UInt64 = 13,
}
