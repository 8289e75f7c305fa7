namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor uniform_(double from, double to, Generator? generator = null) => Self(Native.ts_uniform_(Handle, from, to, generator?.Handle ?? 0), generator);

        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) => Self(Native.ts_normal_(Handle, mean, std, generator?.Handle ?? 0), generator);

        public Tensor log_normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) => Self(Native.ts_log_normal_(Handle, mean, std, generator?.Handle ?? 0), generator);

        public Tensor cauchy_(double median = 0.0, double sigma = 1.0, Generator? generator = null) => Self(Native.ts_cauchy_(Handle, median, sigma, generator?.Handle ?? 0), generator);

        public Tensor exponential_(double lambda = 1, Generator? generator = null) => Self(Native.ts_exponential_(Handle, lambda, generator?.Handle ?? 0), generator);

        public Tensor geometric_(double p, Generator? generator = null) => Self(Native.ts_geometric_(Handle, p, generator?.Handle ?? 0), generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Self(Native.ts_bernoulli_(Handle, p, generator?.Handle ?? 0), generator);

        public Tensor random_(double from, double to, Generator? generator = null) => Self(Native.ts_random_(Handle, (long)from, (long)to, generator?.Handle ?? 0), generator);

        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Self(Native.ts_bernoulli_tensor_(Handle, p.Handle, generator?.Handle ?? 0), p, generator);

        public Tensor bernoulli(Generator? generator = null) => Make(Native.ts_bernoulli(Handle, generator?.Handle ?? 0), generator);

        public Tensor poisson(Generator? generator = null) => Make(Native.ts_poisson(Handle, generator?.Handle ?? 0), generator);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Make(Native.ts_multinomial(Handle, num_samples, replacement, generator?.Handle ?? 0), generator);
    }
}
