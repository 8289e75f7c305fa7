using System.Collections.Immutable;
using System.Reflection;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// A kind of layer with its parameters, and the four things there are to know about it: the shape it gives, what it costs,
/// the module that computes it, and the ONNX nodes that compute the same. To add an operation, add one file.
/// </summary>
/// <remarks>Parameters of type <see cref="Setting{T}"/> may be decisions; the four aspects are asked of resolved operations only.</remarks>
public abstract record Operation
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, ImmutableArray<PropertyInfo>> SettingProperties = new();

    /// <summary>The operation's name in diagrams and JSON: the type's name.</summary>
    public string Name => GetType().Name;

    /// <summary>The shape of one example's output.</summary>
    /// <exception cref="ShapeException">The operation does not take this input.</exception>
    public abstract Shape OutputShape(Shape input);

    /// <summary>What one example costs.</summary>
    public abstract Cost Cost(Shape input);

    /// <summary>A new module with fresh weights: <c>[batch, input...]</c> to <c>[batch, output...]</c>.</summary>
    public abstract Module<Tensor, Tensor> CreateModule(Shape input);

    /// <summary>
    /// The module that a supernet holds. Where operations are compared by the weights of their outputs, these must be of one size, so
    /// those with batch normalisation leave out its scale and shift (Liu 2019, appendix A.1.1).
    /// </summary>
    internal virtual Module<Tensor, Tensor> CreateSharedModule(Shape input) => CreateModule(input);

    /// <summary>Adds the nodes that compute what <paramref name="module"/>, made by <see cref="CreateModule"/>, computes in eval mode.</summary>
    public abstract GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input);

    /// <summary>The input, which must not be a table row: that needs an encoding first.</summary>
    /// <exception cref="ShapeException">It is a table row.</exception>
    private protected Shape Encoded(Shape input) =>
        input is TableShape ? throw ShapeException.Wrong(this, input, "encoded features (put an encoding before it)") : input;

    /// <summary>
    /// One module for every value of this operation's settings, with shared weights, for inputs up to a largest shape;
    /// null where the values cannot share weights, so that a supernet holds one module per value.
    /// </summary>
    internal virtual ElasticModule? CreateElasticModule(Shape largestInput) => null;

    /// <summary>The parameters that may be decisions, by name, in declaration order.</summary>
    public IEnumerable<(string Parameter, ISetting Setting)> Settings =>
        PropertiesOf(GetType()).Select(property => (property.Name, (ISetting)property.GetValue(this)!));

    /// <summary>This operation with every setting replaced.</summary>
    internal Operation WithSettings(Func<ISetting, ISetting> replace)
    {
        var copy = (Operation)MemberwiseClone();
        foreach (var property in PropertiesOf(GetType()))
            property.SetValue(copy, replace((ISetting)property.GetValue(this)!));
        return copy;
    }

    private static ImmutableArray<PropertyInfo> PropertiesOf(Type type) => SettingProperties.GetOrAdd(type, static t =>
        [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => typeof(ISetting).IsAssignableFrom(property.PropertyType))
            .OrderBy(static property => property.MetadataToken)]);
}
