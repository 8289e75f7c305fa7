using Microsoft.ML.Nas.Onnx;

namespace Microsoft.ML.Nas.Tests.Operations;

internal static class OnnxRuns
{
    /// <summary>Runs a model with one float input and one float output.</summary>
    public static float[] Single(OnnxSession session, float[] values, params long[] shape) =>
        session.Run(new Dictionary<string, OnnxTensor> { [session.Inputs[0].Name] = OnnxTensor.Create(values, shape) })
            [session.Outputs[0].Name].As<float>().Values.ToArray();
}
