namespace Microsoft.ML.Nas.Onnx.Tests;

/// <summary>ONNX's own operator tests: the builder's nodes, and the reader's models, give the outputs that are right.</summary>
[TestClass]
public class OperatorTests
{
    public static IEnumerable<object[]> Operators => Rebuilder.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Operators))]
    public void RebuiltModelGivesTheExpectedOutputs(string op)
    {
        int rebuilt = 0;
        foreach (var source in OperatorCase.Of(op))
        {
            foreach (bool symbolic in (ReadOnlySpan<bool>)[false, true])
            {
                var (model, inputs, _) = Rebuilder.Rebuild(source, symbolic);
                if (model is null)
                    continue;
                model.Check();
                rebuilt += AssertOutputs(model, inputs, source);
            }
        }

        Assert.AreNotEqual(0, rebuilt, "no case could be rebuilt");
    }

    [TestMethod]
    [DynamicData(nameof(Operators))]
    public void LoadedModelGivesTheExpectedOutputs(string op)
    {
        int run = 0;
        foreach (var source in OperatorCase.Of(op).Where(source => source.Inputs.Length == source.Model.Graph.Input.Count))
        {
            var model = OnnxModel.Load(Google.Protobuf.MessageExtensions.ToByteArray(source.Model));
            model.Check();
            run += AssertOutputs(model, model.Inputs.Zip(source.Inputs).ToDictionary(pair => pair.First.Name, pair => pair.Second), source);
        }

        Assert.AreNotEqual(0, run, "no case was run");
    }

    /// <returns>1, or 0 where ONNX Runtime has no kernel for the types or the layout of a case.</returns>
    private static int AssertOutputs(OnnxModel model, Dictionary<string, OnnxTensor> inputs, OperatorCase source)
    {
        OnnxSession session;
        try
        {
            session = new OnnxSession(model, Models.OneThread);
        }
        catch (OnnxModelException e) when (e.Message.Contains("Could not find an implementation", StringComparison.Ordinal) || e.Message.Contains("are not supported", StringComparison.Ordinal))
        {
            return 0;
        }

        using var _ = session;
        var outputs = session.Run(inputs);
        foreach (var (output, expected) in model.Outputs.Zip(source.Outputs))
        {
            Tensors.AssertClose(expected, outputs[output.Name], $"{source.Name} {output.Name}");
            if (output.Shape is not null)
                Shapes.AssertFits(output.Shape, outputs[output.Name].Shape, inputs, model, source.Name);
        }

        return 1;
    }
}
