using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Training;

/// <summary>The loss of labelled tokens, against sums by hand.</summary>
[TestClass]
public sealed class TokenOutputsTests
{
    private const int Classes = 3;
    private static readonly TaskOutputs Outputs = TaskOutputs.Of(new(LearningTask.SequenceLabeling, Classes));

    /// <summary>Three texts of 3, 1 and 0 tokens in rows of 5 labels, of which the network answers the first 3.</summary>
    private static readonly long[,] Labels = { { 2, 0, 1, -100, -100 }, { 1, -100, -100, -100, -100 }, { -100, -100, -100, -100, -100 } };

    private static readonly float[,] Weights = { { 1, 2, 0.5f, 7, 7 }, { 3, 7, 7, 7, 7 }, { 7, 7, 7, 7, 7 } };

    [TestMethod]
    public void The_loss_is_the_mean_over_tokens_and_padding_has_none()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var outputs = randn(3, 3, Classes).requires_grad_();
        double sum = 0, weighted = 0;
        foreach (var (text, token) in ((int, int)[])[(0, 0), (0, 1), (0, 2), (1, 0)])
        {
            var logits = outputs.detach().select(0, text).select(0, token).data<float>().ToArray();
            var loss = Math.Log(logits.Sum(static logit => Math.Exp(logit))) - logits[Labels[text, token]];
            (sum, weighted) = (sum + loss, weighted + loss * Weights[text, token]);
        }
        var (labels, weights) = (tensor(Labels.Cast<long>().ToArray(), [3, 5]), tensor(Weights.Cast<float>().ToArray(), [3, 5]));
        Assert.AreEqual(weighted / 4, Outputs.Loss(outputs, labels, weights).item<float>(), 1e-5);
        var mean = Outputs.Loss(outputs, labels, null);
        Assert.AreEqual(sum / 4, mean.item<float>(), 1e-5);
        mean.backward();
        Assert.AreEqual(0, outputs.grad!.select(0, 2).abs().sum().item<float>() + outputs.grad!.select(0, 1).narrow(0, 1, 2).abs().sum().item<float>());
        Assert.AreEqual(0, Outputs.Loss(outputs.narrow(0, 2, 1), labels.narrow(0, 2, 1), null).item<float>(), "texts without tokens");
    }

    [TestMethod]
    public void Padding_is_predicted_as_nothing_and_a_teacher_does_not_speak_of_it()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var features = tensor(new[] { 4, 5, 6, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, [3, 5]);
        var mask = features.narrow(1, 0, 3).ne(0).unsqueeze(-1).to_type(ScalarType.Float32);
        var (outputs, teacher) = (randn(3, 3, Classes) * mask, randn(3, 3, Classes) * mask);
        var predicted = Outputs.Predict(outputs, features);
        Assert.IsLessThan(1e-6, (predicted.sum(-1) - mask.squeeze(-1)).abs().max().item<float>());
        var crossEntropy = -(teacher.softmax(-1) * outputs.log_softmax(-1)).sum(-1);
        Assert.AreEqual((crossEntropy * mask.squeeze(-1)).sum().item<float>() / 4, Outputs.Distance(outputs, teacher).item<float>(), 1e-5);
    }
}
