using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Networks.Cells;

/// <summary>A node as one operation of the autograd graph. Takes a <see cref="MixedPass"/>, then what <see cref="MixedPass.Take"/> says.</summary>
internal sealed unsafe class MixedFunction : autograd.SingleTensorFunction<MixedFunction>
{
    private const string Pass = "pass";

    public override string Name => nameof(MixedFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var pass = (MixedPass)vars[0];
        pass.Take(vars.AsSpan(1));
        var sum = new MixedForward(pass).Run();
        ctx.save_for_backward(pass.Release());
        ctx.save_data(Pass, pass);
        return sum;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var pass = (MixedPass)ctx.get_data(Pass);
        var saved = ctx.get_saved_variables();
        pass.Restore(saved);
        using var gradient = grad_output.contiguous();
        var gradients = new MixedBackward(pass, TensorMemory.Of(gradient)).Run();
        pass.Release();
        foreach (var tensor in saved) tensor.Dispose();
        return [null!, .. gradients.Select(static tensor => tensor!)];
    }
}
