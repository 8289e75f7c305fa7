namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers. The default generator of each device is shared by all that names none.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        /// <exception cref="ArgumentException">The device is not the CPU: only its generators can be created here.</exception>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            if (this.device.type != DeviceType.CPU) throw new ArgumentException($"A generator for {this.device} cannot be created; use the CPU.", nameof(device));
            handle = Native.ts_generator_new(seed);
            if (handle == 0) throw Native.Error();
        }

        internal Generator(nint handle)
        {
            if (handle == 0) throw Native.Error();
            this.handle = handle;
            device = CPU;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => new(Native.ts_generator_default((int)DeviceType.CPU, -1));

        public Device device { get; private set; }

        public IntPtr Handle => handle;

        public Tensor get_state() => Tensor.Wrap(Native.ts_generator_get_state(handle));

        public void set_state(Tensor value)
        {
            if (!Native.ts_generator_set_state(handle, value.Handle)) throw Native.Error();
        }

        public Generator manual_seed(long seed)
        {
            TryInitializeDeviceType(DeviceType.CUDA);
            if (!Native.ts_generator_manual_seed(handle, seed)) throw Native.Error();
            return this;
        }

        /// <summary>Draws a seed from the machine's entropy, uses it and returns it.</summary>
        public long seed() => Native.ts_generator_seed(handle);

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

        /// <summary>Seeds the default generators of all devices and returns the CPU's.</summary>
        public static Generator manual_seed(long seed)
        {
            if (!Native.ts_manual_seed(seed)) throw Native.Error();
            return Generator.Default;
        }

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
