using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor. Every operation returns a new one, owned by the innermost dispose scope of the thread, or by its finalizer where there is none;
    /// in-place operations (whose names end in _) return the same one.
    /// </summary>
    public unsafe partial class Tensor : IDisposable
    {
        private static long totalCount;
        private nint handle;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            if (handle == 0) return;
            Interlocked.Increment(ref totalCount);
            DisposeScopeManager.ThreadSingleton.Created(this);
        }

        /// <summary>Takes over another tensor's memory and its place in a dispose scope, leaving it empty.</summary>
        internal Tensor(Tensor data)
        {
            handle = data.Handle;
            data.handle = 0;
            GC.SuppressFinalize(data);
            DisposeScope.ReplaceWith(data, this);
        }

        ~Tensor() => Dispose(false);

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal int ScopeIndex { get; set; }

        /// <summary>The number of tensors alive in the process.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public string? name { get; set; }

        public bool IsInvalid => handle == 0;

        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public IntPtr Handle
        {
            get
            {
                if (handle == 0) ThrowEmpty();
                return handle;
            }
        }

        internal nint HandleOrZero => handle;

        /// <summary>Gives the native tensor to the caller, who must free it; this object becomes empty.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            var decoupled = Handle;
            GC.SuppressFinalize(this);
            OwningDisposeScope?.Remove(this);
            Interlocked.Decrement(ref totalCount);
            handle = 0;
            return decoupled;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0) return;
            DisposeScopeManager.ThreadSingleton.Disposing(this);
            Interlocked.Decrement(ref totalCount);
            Native.ts_dispose(handle);
            handle = 0;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>Reference equality: == compares elements and returns a tensor.</summary>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => base.GetHashCode();

        /// <summary>Whether both have the same shape and the same elements.</summary>
        public bool Equals(Tensor target)
        {
            if (target is null) return false;
            bool equal;
            Check(Native.ts_equal(Handle, target.Handle, &equal), target);
            return equal;
        }

        internal static Tensor Wrap(nint handle) => handle == 0 ? throw Native.Error() : new Tensor(handle);

        internal static Tensor? WrapOrNull(nint handle) => handle == 0 ? null : new Tensor(handle);

        // Operands are named here so that the collector keeps them until the native call is over.
        private Tensor Make(nint result, object? a = null, object? b = null, object? c = null)
        {
            GC.KeepAlive(this);
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            GC.KeepAlive(c);
            return Wrap(result);
        }

        private Tensor Self(bool succeeded, object? a = null, object? b = null, object? c = null)
        {
            Check(succeeded, a, b, c);
            return this;
        }

        private void Check(bool succeeded, object? a = null, object? b = null, object? c = null)
        {
            GC.KeepAlive(this);
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            GC.KeepAlive(c);
            if (!succeeded) throw Native.Error();
        }

        private (Tensor, Tensor) Pair(bool succeeded, nint* results, object? a = null)
        {
            Check(succeeded, a);
            return (new Tensor(results[0]), new Tensor(results[1]));
        }

        [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
        private static void ThrowEmpty() => throw new InvalidOperationException("Tensor invalid -- empty handle.");
    }

    internal static nint HandleOf(Tensor? tensor) => tensor is null ? 0 : tensor.Handle;

    internal static nint[] HandlesOf(IEnumerable<Tensor> tensors)
    {
        if (tensors is Tensor[] array) return Array.ConvertAll(array, t => HandleOf(t));
        return tensors.Select(t => HandleOf(t)).ToArray();
    }
}
