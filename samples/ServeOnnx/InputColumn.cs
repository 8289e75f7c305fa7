using System.Text.Json;

using Microsoft.ML.OnnxRuntime;

namespace ServeOnnx;

/// <summary>An input of the model, fed by one property of each row.</summary>
/// <param name="name">The input's name, which is the property's.</param>
/// <param name="type">The type of its elements, as ONNX calls it.</param>
/// <param name="shape">Its dimensions, rows first: <c>[N]</c> or <c>[N, width]</c>.</param>
internal abstract class InputColumn(string name, string type, IReadOnlyList<object> shape)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    /// <summary>Sizes, and symbols where the size is free.</summary>
    public IReadOnlyList<object> Shape { get; } = shape;

    /// <summary>Values of a row.</summary>
    public int Width { get; } = shape is [_, int width] ? width : 1;

    /// <summary>What a row's property may be, in words.</summary>
    public abstract string Expected { get; }

    /// <summary>Room for the values of that many rows, all zero or empty.</summary>
    public abstract InputBuffer CreateBuffer(int rows);
}

/// <summary>The values of an input column, for the rows of one request.</summary>
internal abstract class InputBuffer
{
    /// <summary>Takes a row's value; null where the row has none.</summary>
    /// <exception cref="BadRequestException">The value does not fit the column.</exception>
    public abstract void Set(int row, JsonElement? value);

    /// <summary>The values as ONNX Runtime takes them.</summary>
    public abstract OrtValue ToTensor();
}
