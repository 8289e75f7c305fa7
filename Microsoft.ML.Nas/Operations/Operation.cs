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

    /// <summary>The input, which must not be a table row or token ids: those need an encoding first.</summary>
    /// <exception cref="ShapeException">It is a table row or token ids.</exception>
    private protected Shape Encoded(Shape input) => input switch
    {
        TableShape => throw ShapeException.Wrong(this, input, "encoded features (put an encoding before it)"),
        TokenShape => throw ShapeException.Wrong(this, input, "embedded tokens (put an Embedding before it)"),
        _ => input,
    };

    /// <summary>The input, which must be encoded, and must not be a sequence that may end in padding.</summary>
    /// <exception cref="ShapeException">It is something else.</exception>
    private protected Shape Unpadded(Shape input) => input is SequenceShape
        ? throw ShapeException.Wrong(this, input, "features without padding (use LayerNorm instead, or put a SequencePool before it)")
        : Encoded(input);

    /// <summary>The input, which must be a sequence of feature vectors.</summary>
    /// <exception cref="ShapeException">It is something else.</exception>
    private protected Shape Steps(Shape input) => input is not (TableShape or TokenShape) && input.Dimensions.Length == 2
        ? input
        : throw ShapeException.Wrong(this, input, "a sequence [steps, features]");

    /// <summary>This operation for one of several equal parts of its input's channels, giving as large a part of its output; null where it cannot be divided.</summary>
    internal virtual Operation? OnPartOfChannels(int parts) => null;

    /// <summary>
    /// One module for every value of this operation's settings, with shared weights, for inputs up to a largest shape;
    /// null where the values cannot share weights, so that a supernet holds one module per value.
    /// </summary>
    internal virtual ElasticModule? CreateElasticModule(Shape largestInput) => null;

    /// <summary>
    /// Whether no setting changes the output's shape: then <see cref="OutputShape"/> takes open settings too, and is not tried for each of their values,
    /// of which a searched cell has too many.
    /// </summary>
    internal virtual bool HasOneShape => false;

    /// <summary>The parameters that may be decisions, by name, in declaration order.</summary>
    public IEnumerable<(string Parameter, ISetting Setting)> Settings => PropertiesOf(GetType()).SelectMany(property => property.GetValue(this) is ISettingList list
        ? list.Items.Select(item => (property.Name, item))
        : [(property.Name, (ISetting)property.GetValue(this)!)]);

    /// <summary>This operation with every setting replaced.</summary>
    internal Operation WithSettings(Func<ISetting, ISetting> replace)
    {
        var copy = (Operation)MemberwiseClone();
        foreach (var property in PropertiesOf(GetType()))
            property.SetValue(copy, property.GetValue(this) is ISettingList list ? list.With([.. list.Items.Select(replace)]) : replace((ISetting)property.GetValue(this)!));
        return copy;
    }

    private static ImmutableArray<PropertyInfo> PropertiesOf(Type type) => SettingProperties.GetOrAdd(type, static t =>
        [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => typeof(ISetting).IsAssignableFrom(property.PropertyType) || typeof(ISettingList).IsAssignableFrom(property.PropertyType))
            .OrderBy(static property => property.MetadataToken)]);
}
