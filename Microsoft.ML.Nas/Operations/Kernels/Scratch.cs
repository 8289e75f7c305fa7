using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations.Kernels;

/// <summary>Memory that one thread works in: named pieces that grow to the largest size asked for.</summary>
internal sealed unsafe class Scratch
{
    private const int Alignment = 64;
    private static readonly ConcurrentBag<Scratch> Free = [];
    private readonly Piece[] _pieces = new Piece[Enum.GetValues<ScratchPiece>().Length];

    ~Scratch()
    {
        foreach (var piece in _pieces) NativeMemory.AlignedFree(piece.Data);
    }

    /// <summary>Runs work items on LibTorch's number of threads. Each writes memory of its own, so that the threads' number changes no result.</summary>
    public static void Run(int items, Action<int, Scratch> work) => Workers.Run(items, Math.Min(get_num_threads(), items), work);

    /// <summary>Memory that no other thread works in until it is returned.</summary>
    public static Scratch Rent() => Free.TryTake(out var scratch) ? scratch : new Scratch();

    /// <summary>Gives memory to whoever rents next.</summary>
    public static void Return(Scratch scratch) => Free.Add(scratch);

    /// <summary>Memory with any content.</summary>
    public float* Get(ScratchPiece name, int count)
    {
        ref var piece = ref _pieces[(int)name];
        Grow(ref piece, count);
        piece.Layout = null;
        return piece.Data;
    }

    /// <summary>Memory filled with zeros.</summary>
    public float* Zeros(ScratchPiece name, int count)
    {
        var data = Get(name, count);
        new Span<float>(data, count).Clear();
        return data;
    }

    /// <summary>Padded memory whose margin holds a value; the inner part has any content. What has the same layout finds its margin again.</summary>
    public float* Padded(ScratchPiece name, object layout, int count, float margin = 0)
    {
        ref var piece = ref _pieces[(int)name];
        if (piece.Layout == layout) return piece.Data;
        Grow(ref piece, count);
        new Span<float>(piece.Data, count).Fill(margin);
        piece.Layout = layout;
        return piece.Data;
    }

    private static void Grow(ref Piece piece, int count)
    {
        if (piece.Count >= count) return;
        piece.Data = (float*)NativeMemory.AlignedRealloc(piece.Data, (nuint)count * sizeof(float), Alignment);
        piece.Count = count;
    }

    private struct Piece
    {
        public float* Data;
        public int Count;
        public object? Layout;
    }
}
