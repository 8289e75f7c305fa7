using System.Diagnostics.CodeAnalysis;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A table of num_embeddings rows: indices of shape [...] give [..., embedding_dims].</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly long? paddingIndex;
        private readonly double? maxNorm;
        private readonly double normType;
        private readonly bool scaleByFrequency, sparse;
        [ComponentName(Name = nameof(weight))] private Parameter? _weight;

        internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse) : base(nameof(Embedding))
        {
            (paddingIndex, maxNorm, normType, scaleByFrequency, this.sparse) = (padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            this.weight = weight;
        }

        [DisallowNull]
        public Parameter? weight
        {
            get => _weight;
            set
            {
                if (value.Handle == _weight?.HandleOrZero) return;
                _weight?.Dispose();
                _weight = (Parameter)value.DetachFromDisposeScope();
                ConditionallyRegisterParameter(nameof(weight), _weight);
            }
        }

        public override Tensor forward(Tensor input) =>
            nn.functional.Embed(input, _weight!, paddingIndex, maxNorm, normType, scaleByFrequency, sparse);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Rows are standard normal, the padding row zero.</summary>
            public static Modules.Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var table = randn(num_embeddings, embedding_dims, dtype, device);
                if (padding_idx is { } row) table[row < 0 ? row + num_embeddings : row].zero_();
                return new(table.AsParameter(), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }
        }
    }
}
