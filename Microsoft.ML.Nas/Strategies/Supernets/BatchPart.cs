using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Data.Texts;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Strategies.Supernets;

/// <summary>What of a batch a supernet computes at a time. Losses and gradients add up to the batch's, but where batches are normalised: a part is then normalised by itself.</summary>
/// <param name="Features"><c>[rows, ...]</c>.</param>
/// <param name="Labels"><c>[rows]</c> or <c>[rows, tokens]</c>.</param>
/// <param name="Weights">Of the labels' shape, or null.</param>
/// <param name="Share">The share of the batch's labels.</param>
/// <param name="IsLast">Whether no part follows.</param>
internal readonly record struct BatchPart(Tensor Features, Tensor Labels, Tensor? Weights, double Share, bool IsLast)
{
    /// <summary>
    /// The tokens, padding included, of texts that are computed at a time. A mixture keeps every option's output for every token until its
    /// gradients are taken, so this limits the memory that long texts need.
    /// </summary>
    private const int MaxTokens = 1 << 12;

    /// <summary>The whole batch, or of long texts parts of similar length; the tensors belong to the current dispose scope.</summary>
    public static IReadOnlyList<BatchPart> Of(Shape input, (Tensor Features, Tensor Labels, Tensor? Weights) batch)
    {
        long[][] parts = TextLengths.Of(input, batch.Features) is { } lengths ? [.. TextLengths.Parts(lengths, MaxTokens)] : [];
        if (parts.Length <= 1) return [new(batch.Features, batch.Labels, batch.Weights, 1, true)];
        var all = Math.Max(1, Count(batch.Labels));
        return [.. parts.Select((part, index) =>
        {
            using var rows = tensor(part, device: batch.Features.device);
            var labels = batch.Labels.index_select(0, rows);
            return new BatchPart(batch.Features.index_select(0, rows), labels, batch.Weights?.index_select(0, rows), (double)Count(labels) / all, index == parts.Length - 1);
        })];
    }

    /// <summary>The number of labels: one a row, or one a token.</summary>
    private static long Count(Tensor labels)
    {
        if (labels.dim() == 1) return labels.shape[0];
        using var scope = NewDisposeScope();
        return labels.ne(Scalars.Held(LabeledRows.Unlabeled)).sum().item<long>();
    }

    /// <summary>What a mean over the part's labels adds to the mean over the batch's.</summary>
    public Tensor Weigh(Tensor mean) => Share == 1 ? mean : mean * Scalars.Held(Share);
}
