using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;
using Microsoft.ML.Nas.Strategies.Differentiable;
using Microsoft.ML.Nas.Strategies.Differentiable.Darts;
using Microsoft.ML.Nas.Strategies.Supernets;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Strategies;

/// <summary>Batches of long texts are computed in parts, which changes nothing but the memory they need.</summary>
[TestClass]
public sealed class BatchPartTests
{
    private static readonly TokenShape Tokens = new(300, 20);

    [TestMethod]
    public void Every_text_is_in_one_part_with_its_label_and_no_part_is_large()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var batch = Batch(64);
        var parts = BatchPart.Of(Tokens, batch);
        Assert.IsGreaterThan(1, parts.Count);
        CollectionAssert.AreEqual(Enumerable.Range(0, parts.Count).Select(part => part == parts.Count - 1).ToArray(), parts.Select(static part => part.IsLast).ToArray());
        Assert.AreEqual(1, parts.Sum(static part => part.Share), 1e-9);
        var seen = new List<float>();
        foreach (var part in parts)
        {
            var longest = part.Features.ne(TokenShape.Padding).sum(1).max().item<long>();
            Assert.IsLessThanOrEqualTo(4096, longest * part.Features.shape[0]);
            // The weight is the row's number.
            Assert.AreEqual(0f, (batch.Features.index_select(0, part.Weights!.to_type(ScalarType.Int64)) - part.Features).abs().max().item<int>());
            seen.AddRange(part.Weights!.data<float>().ToArray());
        }
        CollectionAssert.AreEqual(batch.Weights!.data<float>().ToArray(), seen.Order().ToArray());
    }

    [TestMethod]
    public void Short_texts_and_anything_else_stay_together()
    {
        using var scope = NewDisposeScope();
        var batch = Batch(8);
        Assert.AreSame(batch.Features, BatchPart.Of(Tokens, batch).Single().Features);
        var images = (randn(64, 3, 40, 40), zeros(64), (Tensor?)null);
        Assert.AreSame(images.Item1, BatchPart.Of(new Shape(3, 40, 40), images).Single().Features);
    }

    /// <summary>Both gradients of a step on long texts against those of the loss on the whole batch.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_gradients_of_the_parts_add_up_to_the_batchs(bool labelsTokens)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var target = labelsTokens ? new Target(LearningTask.SequenceLabeling, 3) : new Target(LearningTask.BinaryClassification, 1);
        var space = labelsTokens ? SearchSpaces.SequenceLabeling(widths: [8, 12], maxBlocks: 1) : SearchSpaces.Text(widths: [8, 12], maxBlocks: 1);
        using var supernet = new Supernet(space, Tokens, target.Outputs);
        using var alphas = new SoftmaxRelaxation(space, space.Default);
        using var weights = new FlatParameters(supernet);
        using var architecture = new FlatParameters(alphas, decaysAll: true);
        using (no_grad()) architecture.Values.copy_(randn(architecture.Values.numel()));
        supernet.eval();
        var batch = Batch(48);
        if (labelsTokens)
            batch = (batch.Features, (batch.Features % 3).to_type(ScalarType.Int64).masked_fill(batch.Features.eq(TokenShape.Padding), LabeledRows.Unlabeled), batch.Weights!.unsqueeze(1).expand(48, Tokens.Length));
        Assert.IsGreaterThan(1, BatchPart.Of(Tokens, batch).Count);
        new BilevelStep(supernet, alphas, weights, architecture, target).JointGradients(batch);
        var (weightGradients, alphaGradients) = (weights.Gradients.clone(), architecture.Gradients.clone());

        weights.Gradients.zero_();
        architecture.Gradients.zero_();
        TaskOutputs.Of(target).Loss(supernet.call(batch.Features, alphas.ArchitectureMixture()), batch.Labels, batch.Weights).backward();
        AssertClose(weights.Gradients, weightGradients);
        AssertClose(architecture.Gradients, alphaGradients);
    }

    /// <summary>Texts of 1 to 300 tokens, labels of both classes, and the rows' numbers as weights.</summary>
    private static (Tensor Features, Tensor Labels, Tensor? Weights) Batch(int rows)
    {
        var lengths = Enumerable.Range(0, rows).Select(row => 1 + row * 37 % Tokens.Length).ToArray();
        var ids = randint(1, Tokens.Vocabulary, [rows, Tokens.Length], dtype: ScalarType.Int32);
        ids = ids * arange(Tokens.Length, ScalarType.Int32).unsqueeze(0).lt(tensor(lengths).unsqueeze(1)).to_type(ScalarType.Int32);
        return (ids, randint(0, 2, [rows], dtype: ScalarType.Float32), arange(rows, ScalarType.Float32));
    }

    private static void AssertClose(Tensor expected, Tensor actual) =>
        Assert.IsLessThan(1e-5, ((expected - actual).norm() / expected.norm()).item<float>());
}
