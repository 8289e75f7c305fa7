using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Lets one forward pass be seen from inside, whatever operations it consists of: rectifiers, weighted layers and normalisations ask here,
/// which costs nothing but a look while nobody listens. Belongs to the thread that created it, until it is disposed.
/// </summary>
internal sealed class ForwardProbe : IDisposable
{
    [ThreadStatic]
    private static ForwardProbe? s_current;
    private readonly ForwardProbe? _outer = s_current;

    public ForwardProbe() => s_current = this;

    /// <summary>Called with what every rectifier was given.</summary>
    public Action<Tensor>? Rectifying { get; init; }

    /// <summary>
    /// Called with what every layer with weights gave, <c>[batch, channels, height, width]</c> or features last, and the number of products
    /// that each of its values is the sum of.
    /// </summary>
    public Action<Tensor, long>? Weighted { get; init; }

    /// <summary>Called with what the network's last pooling, or else its head, was given.</summary>
    public Action<Tensor>? Pooling { get; init; }

    /// <summary>Whether normalisations give what they are given.</summary>
    public bool SkipsNormalization { get; init; }

    /// <summary>Whether a normalisation is to give what it is given.</summary>
    public static bool SkipsNormalizations => s_current?.SkipsNormalization == true;

    /// <summary>The rectifier, <c>max(x, 0)</c>.</summary>
    public static Tensor Relu(Tensor input)
    {
        s_current?.Rectifying?.Invoke(input);
        return functional.relu(input);
    }

    /// <summary>The output of a layer with weights, as it is.</summary>
    public static Tensor Layer(Tensor output, long products)
    {
        s_current?.Weighted?.Invoke(output, products);
        return output;
    }

    /// <summary>The input of a pooling that ends the network's body, or of its head, as it is.</summary>
    public static Tensor Pooled(Tensor input)
    {
        s_current?.Pooling?.Invoke(input);
        return input;
    }

    public void Dispose() => s_current = _outer;
}
