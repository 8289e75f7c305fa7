using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>Batch normalisation of every feature over the batch and all outer dimensions, with scale and shift (Ioffe 2015). Running statistics have momentum 0.1.</summary>
public sealed record BatchNorm : Operation
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        Encoded(input);

    /// <inheritdoc/>
    public override Cost Cost(Shape input) => new(2L * input.Features, input.Count, OutputShape(input).Count * sizeof(float));

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input) => new BatchNormModule(input.Features);

    /// <inheritdoc/>
    /// <remarks>With fixed statistics this is one multiplication and one addition per value.</remarks>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input)
    {
        var (scale, shift) = ((BatchNormModule)module).Fold();
        return graph.Add(graph.Mul(input, graph.Constant(scale, scale.Length)), graph.Constant(shift, shift.Length));
    }
}

/// <summary>Batch normalisation that also takes narrower inputs, with the first of its values.</summary>
internal sealed class BatchNormModule : Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;
    private readonly int _features;
    private readonly Parameter weight;
    private readonly Parameter bias;

    public BatchNormModule(int features) : base(nameof(BatchNormModule))
    {
        _features = features;
        weight = Parameter(ones(features));
        bias = Parameter(zeros(features));
        RegisterComponents();
        register_buffer("running_mean", zeros(features));
        register_buffer("running_var", ones(features));
    }

    /// <summary>Whether the batch's own statistics are used in eval mode too.</summary>
    public bool UsesBatchStatistics { get; set; }

    public override Tensor forward(Tensor input)
    {
        var features = input.shape[^1];
        var rows = input.reshape(-1, features);
        // One row has no variance; running statistics stand in for it.
        var normalised = functional.batch_norm(rows, First(get_buffer("running_mean")!, features), First(get_buffer("running_var")!, features),
            First(weight, features), First(bias, features), (training || UsesBatchStatistics) && rows.shape[0] > 1, Momentum, Epsilon);
        return normalised.reshape(input.shape);
    }

    public (float[] Scale, float[] Shift) Fold()
    {
        float[] gamma = weight.ToFloats(), beta = bias.ToFloats(), mean = get_buffer("running_mean")!.ToFloats(), variance = get_buffer("running_var")!.ToFloats();
        var scale = new float[_features];
        var shift = new float[_features];
        for (var i = 0; i < _features; i++)
        {
            var factor = gamma[i] / Math.Sqrt(variance[i] + Epsilon);
            scale[i] = (float)factor;
            shift[i] = (float)(beta[i] - mean[i] * factor);
        }
        return (scale, shift);
    }

    private Tensor First(Tensor values, long features) => features == _features ? values : values.narrow(0, 0, features);
}
