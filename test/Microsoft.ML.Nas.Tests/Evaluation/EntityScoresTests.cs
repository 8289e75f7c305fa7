using Microsoft.ML.Nas.Data;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Training;

namespace Microsoft.ML.Nas.Tests.Evaluation;

/// <summary>Entities of labelled tokens, against the rules of the CoNLL evaluation as its script states them: by pairs of neighbouring tags.</summary>
[TestClass]
public sealed class EntityScoresTests
{
    private static readonly string[] Labels = ["O", "B-A", "I-A", "B-B", "I-B", "NN"];
    private static readonly EntityTags Tags = EntityTags.Of(Labels)!;

    [TestMethod]
    public void Entities_are_those_of_the_conll_evaluation()
    {
        var random = new Random(1);
        for (var text = 0; text < 500; text++)
        {
            int[] classes = [.. Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(Labels.Length))];
            CollectionAssert.AreEqual(Chunks(classes), Tags.Find(classes).ToArray(), string.Join(' ', classes.Select(static index => Labels[index])));
        }
    }

    [TestMethod]
    public void Labels_without_prefixes_mark_no_entities()
    {
        Assert.IsNull(EntityTags.Of(["O", "NOUN", "B", "I-", "-X"]));
        Assert.IsNotNull(EntityTags.Of(["I-X"]));
    }

    /// <summary>Two texts of three places, the second of two tokens: an entity ends with its text.</summary>
    [TestMethod]
    public void The_scores_count_what_is_exactly_right()
    {
        // O B-A I-A | I-A I-A, predicted O B-A I-A | I-A O: one of two is right, and one of two predicted.
        float[] labels = [0, 1, 2, 2, 2, float.NaN];
        var answers = new ValidationAnswers(Certain(0, 1, 2, 2, 0, 0), labels, null) { LabelsPerRow = 3, Entities = Tags };
        Assert.AreEqual(new EntityScores(2, 2, 1), EntityScores.Of(answers));
        Assert.AreEqual(0.5, answers.Score(SearchMetric.EntityF1), 1e-9);
        Assert.AreEqual(4 / 5.0, answers.Score(SearchMetric.Accuracy), 1e-9);
        // O: 1 of 1, B-A: 1 of 1, I-A: 2 of 3.
        Assert.AreEqual((1 + 1 + 2 / 3.0) / 3, answers.Score(SearchMetric.MacroAccuracy), 1e-9);
        Assert.AreEqual(0, answers.Subset([1]).Score(SearchMetric.EntityF1), 1e-9);
        Assert.AreEqual(1, answers.Subset([0]).Score(SearchMetric.EntityF1), 1e-9);
        Assert.AreEqual(1, new ValidationAnswers(Certain(0), [0], null) { Entities = Tags }.Score(SearchMetric.EntityF1), "none there, none found");
    }

    private static Predictions Certain(params int[] classes) =>
        new([.. classes.SelectMany(static index => Enumerable.Range(0, Labels.Length).Select(other => other == index ? 1f : 0f))], Labels.Length);

    /// <summary>A chunk ends before a tag, and one begins at it, by what the tag and the one before are.</summary>
    private static (string, int, int)[] Chunks(int[] classes)
    {
        var (chunks, start) = (new List<(string, int, int)>(), 0);
        var (lastTag, lastType) = ("O", "");
        foreach (var (place, label) in classes.Select(static index => Labels[index]).Append("O").Index())
        {
            var (tag, type) = label.Contains('-') ? (label[..1], label[2..]) : ("O", "");
            if (lastTag != "O" && (tag is "B" or "O" || type != lastType)) chunks.Add((lastType, start, place - start));
            if (tag == "B" || (tag == "I" && (lastTag == "O" || type != lastType))) start = place;
            (lastTag, lastType) = (tag, type);
        }
        return [.. chunks];
    }
}
