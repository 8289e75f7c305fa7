namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public bool requires_grad
        {
            get => Native.ts_requires_grad(Handle);
            set => Check(Native.ts_set_requires_grad(Handle, value));
        }

        public Tensor requires_grad_(bool requires_grad = true) => Self(Native.ts_set_requires_grad(Handle, requires_grad));

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public bool is_leaf => Native.ts_is_leaf(Handle);

        public void retain_grad() => Check(Native.ts_retain_grad(Handle));

        public Tensor detach() => Make(Native.ts_detach(Handle));

        public Tensor detach_() => Self(Native.ts_detach_(Handle));

        /// <summary>The gradient that backward() accumulated, or null. Each read returns a new tensor on the same memory.</summary>
        public Tensor? grad
        {
            get
            {
                var result = WrapOrNull(Native.ts_grad(Handle));
                GC.KeepAlive(this);
                return result;
            }
            set => Check(Native.ts_set_grad(Handle, HandleOf(value)), value);
        }

        public void backward() => autograd.Run([this], null, false, false, null);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.Run([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
