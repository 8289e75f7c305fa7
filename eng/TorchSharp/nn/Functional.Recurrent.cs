namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class functional
        {
            internal static (Tensor, Tensor) LstmCell(Tensor input, Tensor h, Tensor c, Tensor wih, Tensor whh, Tensor? bih, Tensor? bhh)
            {
                var results = stackalloc nint[2];
                var succeeded = Native.ts_lstm_cell(input.Handle, h.Handle, c.Handle, wih.Handle, whh.Handle, HandleOf(bih), HandleOf(bhh), results);
                GC.KeepAlive(input);
                GC.KeepAlive(h);
                GC.KeepAlive(c);
                if (!succeeded) throw Native.Error();
                return (new Tensor(results[0]), new Tensor(results[1]));
            }

            internal static (Tensor, Tensor) Gru(Tensor input, Tensor h, Tensor[] weights, bool bias, long layers, double dropout, bool training, bool bidirectional, bool batchFirst)
            {
                var results = stackalloc nint[2];
                fixed (nint* p = HandlesOf(weights))
                {
                    var succeeded = Native.ts_gru(input.Handle, h.Handle, new(p, weights.Length), bias, layers, dropout, training, bidirectional, batchFirst, results);
                    GC.KeepAlive(input);
                    GC.KeepAlive(h);
                    GC.KeepAlive(weights);
                    if (!succeeded) throw Native.Error();
                }
                return (new Tensor(results[0]), new Tensor(results[1]));
            }

            internal static (Tensor, Tensor, Tensor) Lstm(Tensor input, Tensor h, Tensor c, Tensor[] weights, bool bias, long layers, double dropout, bool training, bool bidirectional, bool batchFirst)
            {
                var results = stackalloc nint[3];
                fixed (nint* p = HandlesOf(weights))
                {
                    var succeeded = Native.ts_lstm(input.Handle, h.Handle, c.Handle, new(p, weights.Length), bias, layers, dropout, training, bidirectional, batchFirst, results);
                    GC.KeepAlive(input);
                    GC.KeepAlive(h);
                    GC.KeepAlive(c);
                    GC.KeepAlive(weights);
                    if (!succeeded) throw Native.Error();
                }
                return (new Tensor(results[0]), new Tensor(results[1]), new Tensor(results[2]));
            }
        }
    }
}
