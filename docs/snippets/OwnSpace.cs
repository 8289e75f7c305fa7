using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Spaces;

namespace Snippets;

internal static class OwnSpace
{
    public static SearchSpace Create()
    {
        #region own-space
        var width = Setting.Shared("width", 16, 32, 64);
        var space = new SearchSpace("mine", new Chain(
            new Linear(width),
            new Repeat("blocks", new Residual(new Chain(
                new Choice("activation", ("relu", new Relu()), ("gelu", new Gelu())),
                new Linear(width))), min: 0, max: 3)), new Shape(8));
        #endregion
        return space;
    }
}
