using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: parameters, buffers, submodules.</summary>
        public partial class Module : IDisposable
        {
            protected string? name;
            protected OrderedDict<string, Module> _internal_submodules = new();
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();
            protected OrderedDict<string, Parameter> _internal_params = new();
            private bool isTraining = true;
            private bool isDisposed;

            protected Module(string name) => this.name = name;

            ~Module() => Dispose(false);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || isDisposed) return;
                isDisposed = true;
                foreach (var (_, buffer) in named_buffers(false)) buffer.DetachFromDisposeScope().Dispose();
                foreach (var (_, parameter) in named_parameters(false)) parameter.DetachFromDisposeScope().Dispose();
                foreach (var (_, module) in named_modules()) module.Dispose();
            }

            public virtual string GetName() => name ?? GetType().Name;

            public virtual bool training => isTraining;

            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach (var (_, child) in named_children()) child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, module) in _internal_submodules) module.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var (_, parameter) in named_parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }
                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            /// <summary>Own parameters first, then those of the submodules in order, each once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<nint> { 0 };
                foreach (var (key, parameter) in _internal_params)
                {
                    if (seen.Add(parameter.HandleOrZero)) yield return (key, parameter);
                }
                if (!recurse) yield break;
                foreach (var (module, child) in _internal_submodules)
                {
                    foreach (var (key, parameter) in child.named_parameters(true))
                    {
                        if (seen.Add(parameter.HandleOrZero)) yield return ($"{module}.{key}", parameter);
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(named => named.parameter);

            /// <summary>Persistent buffers only, whatever include_nonpersistent says: so it is in the real library.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<nint> { 0 };
                foreach (var (key, (buffer, persistent)) in _internal_buffers)
                {
                    if (persistent && seen.Add(buffer.HandleOrZero)) yield return (key, buffer);
                }
                if (!recurse) yield break;
                foreach (var (module, child) in _internal_submodules)
                {
                    foreach (var (key, buffer) in child.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(buffer.HandleOrZero)) yield return ($"{module}.{key}", buffer);
                    }
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(named => named.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            public virtual IEnumerable<Module> children() => named_children().Select(named => named.module);

            /// <summary>All submodules at any depth, without the module itself.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in _internal_submodules) yield return child;
                foreach (var (prefix, child) in _internal_submodules)
                {
                    foreach (var (key, module) in child.named_modules()) yield return ($"{prefix}.{key}", module);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(named => named.module);

            public virtual bool has_parameter(string target) => Owner(target) is var (module, key) && module._internal_params.ContainsKey(key);

            public virtual bool has_buffer(string target) => Owner(target) is var (module, key) && module._internal_buffers.ContainsKey(key);

            public virtual Parameter? get_parameter(string target) =>
                Owner(target) is var (module, key) && module._internal_params.TryGetValue(key, out var parameter) ? parameter : null;

            public virtual Tensor? get_buffer(string target) =>
                Owner(target) is var (module, key) && module._internal_buffers.TryGetValue(key, out var buffer) ? buffer.Item1 : null;

            private (Module, string)? Owner(string target)
            {
                var module = this;
                var parts = target.Split('.');
                foreach (var part in parts[..^1])
                {
                    var child = module.named_children().FirstOrDefault(named => named.name == part).module;
                    if (child is null) return null;
                    module = child;
                }
                return (module, parts[^1]);
            }
        }
    }
}
