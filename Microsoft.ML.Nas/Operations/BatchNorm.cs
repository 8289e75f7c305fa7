using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Batch normalisation (Ioffe 2015): of every feature over the batch and all outer dimensions, of an image <c>[channels, height, width]</c>
/// every channel over the batch and all pixels. Running statistics have momentum 0.1.
/// </summary>
/// <remarks>On images it counts no multiply-adds: it folds into the convolution before it.</remarks>
public sealed record BatchNorm : Operation
{
    /// <summary>Whether a scale and a shift are learned. Default true.</summary>
    public bool IsAffine { get; init; } = true;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Unpadded(input);

    internal override Operation OnPartOfChannels(int parts) => this;

    /// <inheritdoc/>
    public override Cost Cost(Shape input) =>
        new(IsAffine ? 2L * Features(input) : 0, IsImage(input) ? 0 : input.Count, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) =>
        IsImage(input) ? BatchNormModule.OfChannels(Features(input), IsAffine) : new BatchNormModule(Features(input), IsAffine);

    /// <inheritdoc/>
    /// <remarks>With fixed statistics this is one multiplication and one addition per value.</remarks>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        var (scale, shift) = ((BatchNormModule)module).Fold();
        long[] shape = input.Rank == 4 ? [scale.Length, 1, 1] : [scale.Length];
        return graph.Add(graph.Mul(input, graph.Constant(scale, shape)), graph.Constant(shift, shape));
    }

    private static bool IsImage(Shape input) => input.Dimensions.Length == 3;

    private static int Features(Shape input) => IsImage(input) ? input.Dimensions[0] : input.Features;
}

/// <summary>Batch normalisation that also takes narrower inputs, with the first of its values.</summary>
internal sealed class BatchNormModule : Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-5;
    private readonly int _features;
    private readonly bool _isImage;
    private readonly Parameter? weight;
    private readonly Parameter? bias;

    /// <summary>Creates the normalisation of the innermost dimension.</summary>
    public BatchNormModule(int features, bool affine = true) : this(features, affine, isImage: false) { }

    private BatchNormModule(int features, bool affine, bool isImage) : base(nameof(BatchNormModule))
    {
        (_features, _isImage) = (features, isImage);
        weight = affine ? Parameter(ones(features)) : null;
        bias = affine ? Parameter(zeros(features)) : null;
        RegisterComponents();
        register_buffer("running_mean", zeros(features));
        register_buffer("running_var", ones(features));
    }

    /// <summary>Creates the normalisation of an image's channels, <c>[batch, channels, height, width]</c>.</summary>
    public static BatchNormModule OfChannels(int channels, bool affine = true) => new(channels, affine, isImage: true);

    /// <summary>Whether the batch's own statistics are used in eval mode too.</summary>
    public bool UsesBatchStatistics { get; set; }

    /// <summary>What a batch's statistics weigh in the running ones. Default 0.1.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>The running variance, averaged over features.</summary>
    public double MeanVariance
    {
        get
        {
            using var scope = NewDisposeScope();
            return get_buffer("running_var")!.to_type(ScalarType.Float64).mean().item<double>();
        }
    }

    public override Tensor forward(Tensor input)
    {
        if (ForwardProbe.SkipsNormalizations) return input;
        if (_isImage) return Normalise(input, input.shape[1]);
        var features = input.shape[^1];
        return Normalise(input.reshape(-1, features), features).reshape(input.shape);
    }

    public (float[] Scale, float[] Shift) Fold()
    {
        float[] mean = get_buffer("running_mean")!.ToFloats(), variance = get_buffer("running_var")!.ToFloats();
        float[]? gamma = weight?.ToFloats(), beta = bias?.ToFloats();
        var scale = new float[_features];
        var shift = new float[_features];
        for (var i = 0; i < _features; i++)
        {
            var factor = (gamma?[i] ?? 1) / Math.Sqrt(variance[i] + Epsilon);
            scale[i] = (float)factor;
            shift[i] = (float)((beta?[i] ?? 0) - mean[i] * factor);
        }
        return (scale, shift);
    }

    private Tensor Normalise(Tensor values, long features)
    {
        // One value has no variance; running statistics stand in for it.
        var useBatch = (training || UsesBatchStatistics) && values.numel() > features;
        return functional.batch_norm(values, First(get_buffer("running_mean")!, features), First(get_buffer("running_var")!, features),
            weight is null ? null : First(weight, features), bias is null ? null : First(bias, features), useBatch, Momentum, Epsilon);
    }

    private Tensor First(Tensor values, long features) => features == _features ? values : values.narrow(0, 0, features);
}
