using TorchSharp;

namespace Microsoft.ML.Nas.Tests.Pipeline;

[TestClass]
public sealed class DeviceChoiceTests
{
    [TestMethod]
    public void Without_a_choice_training_runs_on_the_CPU() =>
        Assert.AreEqual(DeviceType.CPU, DeviceChoice.Choose(new MLContext(), gpus: 2, Assert.Fail).type);

    [TestMethod]
    public void The_GPU_asked_for_is_taken()
    {
        var device = DeviceChoice.Choose(new MLContext { GpuDeviceId = 1 }, gpus: 2, Assert.Fail);

        Assert.AreEqual((DeviceType.CUDA, 1), (device.type, device.index));
    }

    [TestMethod]
    public void A_missing_GPU_is_an_error_unless_the_CPU_may_stand_in()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => DeviceChoice.Choose(new MLContext { GpuDeviceId = 0, FallbackToCpu = false }, gpus: 0, Assert.Fail));
        StringAssert.Contains(error.Message, "FallbackToCpu");

        var warnings = new List<string>();
        Assert.AreEqual(DeviceType.CPU, DeviceChoice.Choose(new MLContext { GpuDeviceId = 3, FallbackToCpu = true }, gpus: 1, warnings.Add).type);
        StringAssert.Contains(warnings.Single(), "GpuDeviceId is 3");
    }
}
