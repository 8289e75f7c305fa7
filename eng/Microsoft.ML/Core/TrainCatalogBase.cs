using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public abstract class TrainCatalogBase
{
    private protected TrainCatalogBase(HostEnvironment env) => Environment = env;

    private protected HostEnvironment Environment { get; }

    public abstract class CatalogInstantiatorBase
    {
        private protected CatalogInstantiatorBase()
        {
        }
    }
}
