namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers. The default generator of each device is shared by all that names none.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        /// <summary>A generator of the CPU, whatever device it names: the real library creates no others.</summary>
        public Generator(ulong seed = 0, Device? device = null) : this(Native.ts_generator_new(seed)) => this.device = device ?? CPU;

        internal Generator(nint handle)
        {
            if (handle == 0) throw Native.Error();
            this.handle = handle;
            device = CPU;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => new(Native.ts_generator_default());

        public Device device { get; private set; }

        public IntPtr Handle => handle;

        public Tensor get_state() => Tensor.Wrap(Native.ts_generator_get_state(handle));

        public void set_state(Tensor value)
        {
            if (!Native.ts_generator_set_state(handle, value.Handle)) throw Native.Error();
            GC.KeepAlive(value);
        }

        public Generator manual_seed(long seed)
        {
            if (!Native.ts_generator_manual_seed(handle, seed)) throw Native.Error();
            return this;
        }

        /// <summary>Seeds the generator from the clock and returns the seed.</summary>
        public long seed()
        {
            var seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        public long initial_seed() => Native.ts_generator_initial_seed(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0) return;
            Native.ts_generator_free(handle);
            handle = 0;
        }
    }

    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static class random
    {
        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        /// <summary>Seeds the CPU's default generator, as the real library does, and returns it.</summary>
        public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
