using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations.Recurrent;

/// <summary>A recurrent layer as one operation of the autograd graph. Takes a <see cref="RecurrentPass"/>, the input, and each direction's parameters.</summary>
internal sealed unsafe class RecurrentFunction : autograd.SingleTensorFunction<RecurrentFunction>
{
    private const string Pass = "pass";

    public override string Name => nameof(RecurrentFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var none = no_grad();
        var pass = (RecurrentPass)vars[0];
        var taken = vars.Skip(1).Cast<Tensor>().ToArray();
        pass.Take(taken);
        var (output, kept) = new RecurrentForward(pass, taken[0], taken[1..]).Run();
        ctx.save_for_backward([.. taken, .. kept]);
        ctx.save_data(Pass, pass);
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var pass = (RecurrentPass)ctx.get_data(Pass);
        var saved = ctx.get_saved_variables();
        Tensor[] taken = [.. saved.Take(pass.Variables)];
        using var scope = NewDisposeScope();
        // A gradient that is to be differentiated again has to consist of operations that can be.
        var gradients = is_grad_enabled()
            ? Differentiable(pass, taken, grad_output)
            : new RecurrentBackward(pass, taken[0], taken[1..], saved[pass.Variables..], TensorMemory.Of(grad_output.contiguous())).Run();
        foreach (var gradient in gradients) gradient?.MoveToOuterDisposeScope();
        foreach (var tensor in saved) tensor.Dispose();
        return [null!, .. gradients.Select(static gradient => gradient!)];
    }

    private static Tensor?[] Differentiable(RecurrentPass pass, Tensor[] taken, Tensor gradient)
    {
        var wanted = Enumerable.Range(0, taken.Length).Where(index => pass.Needs[index]).ToArray();
        var found = autograd.grad([pass.Library(taken[0])], [.. wanted.Select(index => taken[index])], [gradient], retain_graph: true, create_graph: true);
        var gradients = new Tensor?[taken.Length];
        foreach (var (place, index) in wanted.Index()) gradients[index] = found[place];
        return gradients;
    }
}
