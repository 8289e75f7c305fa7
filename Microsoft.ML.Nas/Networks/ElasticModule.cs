using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Networks;

/// <summary>Computes an operation whose settings are still open, with one set of weights for all their values.</summary>
/// <remarks>Given one entry per setting, in declaration order. Inputs may be narrower than the largest.</remarks>
internal abstract class ElasticModule(string name) : Module<Tensor, MixtureEntry[], Tensor>(name);
