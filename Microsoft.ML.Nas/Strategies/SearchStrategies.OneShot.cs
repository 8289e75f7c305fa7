using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Evaluation.ZeroCost;
using Microsoft.ML.Nas.Strategies;

namespace Microsoft.ML.Nas;

public static partial class SearchStrategies
{
    /// <summary>
    /// One-shot search: regularized evolution ranked by a supernet's shared weights (Guo 2020, SPOS). <see cref="SharedWeightsOptions.Sampling"/> makes it FairNAS (Chu 2021) or
    /// once-for-all (Cai 2020). Other samplers take shared weights too: <c>SearchStrategies.Tpe().With(new SharedWeights())</c>.
    /// </summary>
    /// <param name="options">Default null: see <see cref="SharedWeightsOptions"/>.</param>
    public static SamplingStrategy OneShot(SharedWeightsOptions? options = null) => Evolution().With(new SharedWeights(options));

    /// <summary>Regularized evolution ranked by a zero-cost proxy; what it ranks best is trained.</summary>
    /// <param name="proxy">Default null: <see cref="SynFlow"/>.</param>
    public static SamplingStrategy ZeroCost(Proxy? proxy = null) => Evolution().With(new ProxyEvaluator(proxy ?? new SynFlow()));
}
