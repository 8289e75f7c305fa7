#nullable disable
namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>
        /// The gradients of the outputs with respect to the inputs; with allow_unused, an empty tensor for an input that was not used.
        /// As in the real library, create_graph does not imply retain_graph.
        /// </summary>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor> grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            long count;
            fixed (nint* o = HandlesOf(outputs), i = HandlesOf(inputs), g = HandlesOf(grad_outputs ?? []))
            {
                var results = Native.ts_autograd_grad(
                    new(o, outputs.Count), new(i, inputs.Count), new(g, grad_outputs?.Count ?? 0), retain_graph, create_graph, allow_unused, &count);
                GC.KeepAlive(outputs);
                GC.KeepAlive(inputs);
                GC.KeepAlive(grad_outputs);
                if (results is null) Call.ThrowFailure();
                return Native.Adopt(results, count).ToList();
            }
        }

        public static void backward(IList<Tensor> tensors, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null) =>
            Run(tensors, grad_tensors, retain_graph ?? create_graph, create_graph, inputs);

        public static void backward(Tensor tensor, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor> inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        internal static void Run(IList<Tensor> tensors, IList<Tensor> gradients, bool retainGraph, bool createGraph, IList<Tensor> inputs)
        {
            fixed (nint* t = HandlesOf(tensors), g = HandlesOf(gradients ?? []), i = HandlesOf(inputs ?? []))
            {
                var succeeded = Native.ts_backward(
                    new(t, tensors.Count), new(g, gradients?.Count ?? 0), true, retainGraph, createGraph, new(i, inputs?.Count ?? 0));
                GC.KeepAlive(tensors);
                GC.KeepAlive(gradients);
                GC.KeepAlive(inputs);
                if (succeeded) return;
                Call.ThrowFailure();
                throw Native.Error();
            }
        }
    }
}
