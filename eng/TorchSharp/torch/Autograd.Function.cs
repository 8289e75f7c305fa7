#nullable disable
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>What a forward keeps for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];

            internal AutogradContext() { }

            internal nint Native { get; set; }

            public bool MaterializeGrads { get; private set; } = true;

            public void save_data(string key, object value) => data[key] = value;

            public object get_data(string key) => data.GetValueOrDefault(key);

            public void save_for_backward(List<Tensor> tensors)
            {
                fixed (nint* t = HandlesOf(tensors)) Check(TorchSharp.Native.ts_context_save_for_backward(Native, new(t, tensors.Count)), tensors);
            }

            public List<Tensor> get_saved_variables()
            {
                long count;
                var saved = TorchSharp.Native.ts_context_saved(Native, &count);
                return [.. TorchSharp.Native.Adopt(saved, count).Select(static tensor => tensor.IsInvalid ? null : tensor)];
            }

            public void mark_dirty(List<Tensor> tensors)
            {
                fixed (nint* t = HandlesOf(tensors)) Check(TorchSharp.Native.ts_context_mark_dirty(Native, new(t, tensors.Count)), tensors);
            }

            public void mark_non_differentiable(List<Tensor> tensors)
            {
                fixed (nint* t = HandlesOf(tensors)) Check(TorchSharp.Native.ts_context_mark_non_differentiable(Native, new(t, tensors.Count)), tensors);
            }

            public void set_materialize_grads(bool value)
            {
                MaterializeGrads = value;
                Check(TorchSharp.Native.ts_context_set_materialize_grads(Native, value), null);
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing) => data.Clear();

            private static void Check(bool succeeded, object operands)
            {
                GC.KeepAlive(operands);
                if (!succeeded) throw TorchSharp.Native.Error();
            }
        }

        /// <summary>One use of a function in a graph; it lives as long as the graph's node.</summary>
        private sealed class Call(object[] variables, Func<AutogradContext, List<Tensor>> forward, Func<AutogradContext, List<Tensor>, List<Tensor>> backward, string name)
        {
            private readonly AutogradContext context = new();
            private readonly bool[] isTensor = [.. variables.Select(IsTensor)];
            [ThreadStatic] private static Exception failure;

            internal List<Tensor> Apply()
            {
                var inputs = variables.Where(IsTensor).Cast<Tensor>().ToArray();
                variables = null;
                var function = new Native.ManagedFunction { Forward = &Forward, Backward = &Backward, Release = &Release, Call = GCHandle.ToIntPtr(GCHandle.Alloc(this)) };
                long count;
                nint* results;
                fixed (nint* i = HandlesOf(inputs)) results = Native.ts_function_apply(new(i, inputs.Length), function, &count);
                GC.KeepAlive(inputs);
                forward = null;
                if (results is null) ThrowFailure();
                return [.. Native.Adopt(results, count)];
            }

            /// <summary>Throws on what a forward or backward on this thread threw, which native code in between cannot carry.</summary>
            internal static void ThrowFailure()
            {
                if (failure is not { } thrown) return;
                failure = null;
                ExceptionDispatchInfo.Throw(thrown);
            }

            private static bool IsTensor(object variable) => variable is Tensor { IsInvalid: false };

            [UnmanagedCallersOnly]
            private static long Forward(nint call, nint context, nint* tensors, long count, nint** results) =>
                Of(call).Guarded(context, results, Of(call).Outputs);

            [UnmanagedCallersOnly]
            private static long Backward(nint call, nint context, nint* tensors, long count, nint** results)
            {
                var gradients = new List<Tensor>();
                for (var i = 0; i < count; i++) gradients.Add(new Tensor(tensors[i]));
                return Of(call).Guarded(context, results, c => Of(call).Gradients(c, gradients));
            }

            [UnmanagedCallersOnly]
            private static void Release(nint call)
            {
                Of(call).context.Dispose();
                GCHandle.FromIntPtr(call).Free();
            }

            private static Call Of(nint call) => (Call)GCHandle.FromIntPtr(call).Target;

            private List<Tensor> Outputs(AutogradContext c) => forward(c);

            private List<Tensor> Gradients(AutogradContext c, List<Tensor> outputs)
            {
                var gradients = backward(c, outputs);
                if (gradients.Count > isTensor.Length && gradients.Skip(isTensor.Length).All(static gradient => gradient is null || gradient.IsInvalid))
                    gradients = gradients.GetRange(0, isTensor.Length);
                if (gradients.Count != isTensor.Length)
                    throw new NotImplementedException($"Function {name} returned an incorrect number of gradients (expected {isTensor.Length}), got {gradients.Count}");
                for (var i = 0; i < isTensor.Length; i++)
                    if (!isTensor[i] && gradients[i] is { IsInvalid: false })
                        throw new NotImplementedException($"Function {name} returned a gradient different that is defined at position {i + 1}, but the corresponding forward input was not a Tensor");
                return [.. gradients.Where((_, i) => isTensor[i])];
            }

            private long Guarded(nint native, nint** results, Func<AutogradContext, List<Tensor>> run)
            {
                try
                {
                    context.Native = native;
                    var tensors = run(context);
                    *results = (nint*)NativeMemory.Alloc((nuint)Math.Max(1, tensors.Count), (nuint)sizeof(nint));
                    for (var i = 0; i < tensors.Count; i++) (*results)[i] = tensors[i]?.HandleOrZero ?? 0;
                    return tensors.Count;
                }
                catch (Exception exception)
                {
                    failure = exception;
                    return -1;
                }
            }
        }

        /// <summary>An operation with a backward of its own. Tensors among the arguments of apply take part in the graph.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            private static readonly T instance = new();

            protected Function() { }

            public abstract string Name { get; }

            public static List<Tensor> apply_internal(params object[] vars) =>
                new Call(vars, context => instance.forward_internal(context, vars), instance.backward_internal, instance.Name).Apply();

            internal abstract List<Tensor> forward_internal(AutogradContext ctx, params object[] vars);

            internal abstract List<Tensor> backward_internal(AutogradContext ctx, List<Tensor> grad_outputs);
        }

        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            protected SingleTensorFunction() { }

            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> forward_internal(AutogradContext ctx, params object[] vars) => [forward(ctx, vars)];

            internal sealed override List<Tensor> backward_internal(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs[0]);
        }

        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            protected MultiTensorFunction() { }

            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> forward_internal(AutogradContext ctx, params object[] vars) => forward(ctx, vars);

            internal sealed override List<Tensor> backward_internal(AutogradContext ctx, List<Tensor> grad_outputs) => backward(ctx, grad_outputs);
        }
    }
}
