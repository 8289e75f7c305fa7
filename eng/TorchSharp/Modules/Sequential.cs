using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules that run one after the other; what lies between them is disposed on the way.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.IModule<Tensor, Tensor>> stages = [];
        private readonly List<string> names = [];

        internal Sequential() : base(nameof(Sequential))
        {
        }

        protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : this()
        {
            foreach (var (name, module) in modules) append(name, module);
        }

        protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : this()
        {
            foreach (var module in modules) append(module);
        }

        public int Count => stages.Count;

        [IndexerName("SequentialItems")]
        public nn.IModule<Tensor, Tensor> this[int index] => stages[index];

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            stages.Add(module);
            names.Add(name);
            return this;
        }

        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(stages.Count.ToString(), module);

        public override Tensor forward(Tensor tensor)
        {
            if (stages.Count == 0) return tensor.alias();
            var result = stages[0].call(tensor);
            for (var i = 1; i < stages.Count; i++)
            {
                var next = stages[i].call(result);
                result.Dispose();
                result = next;
            }
            return result;
        }

        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
            recurse ? Each(child => child.named_parameters(true), parameter => parameter.HandleOrZero) : [];

        public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_persistent = true) =>
            recurse ? Each(child => child.named_buffers(true, include_persistent), buffer => buffer.HandleOrZero) : [];

        public override IEnumerable<(string name, nn.Module module)> named_children() => names.Zip(stages, (name, module) => (name, (nn.Module)module));

        public override IEnumerable<(string name, nn.Module module)> named_modules()
        {
            foreach (var child in named_children()) yield return child;
            foreach (var (prefix, child) in named_children())
            {
                foreach (var (name, module) in child.named_modules()) yield return ($"{prefix}.{name}", module);
            }
        }

        public override nn.Module apply(Action<nn.Module> fn)
        {
            foreach (var (_, child) in named_children()) child.apply(fn);
            fn(this);
            return this;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                foreach (var (_, child) in named_children()) child.Dispose();
            }
            base.Dispose(disposing);
        }

        private IEnumerable<(string, T)> Each<T>(Func<nn.Module, IEnumerable<(string, T)>> entries, Func<T, nint> handle)
        {
            var seen = new HashSet<nint> { 0 };
            foreach (var (prefix, child) in named_children())
            {
                foreach (var (name, value) in entries(child))
                {
                    if (seen.Add(handle(value))) yield return ($"{prefix}.{name}", value);
                }
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Sequential Sequential() => new();

            public static Modules.Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => Sequential(modules.AsEnumerable());

            public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential(modules.AsEnumerable());

            public static Modules.Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules)
            {
                var result = new Modules.Sequential();
                foreach (var (name, module) in modules) result.append(name, module);
                return result;
            }

            public static Modules.Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
            {
                var result = new Modules.Sequential();
                foreach (var module in modules) result.append(module);
                return result;
            }
        }
    }
}
