using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Onnx;
using Microsoft.ML.Nas.Spaces;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Turns an encoded table row into features for linear layers: <c>[numbers + categories]</c> to <c>[features]</c>.
/// Derived operations say what a number becomes; categories become one-hot or embedded values.
/// </summary>
public abstract record TableEncoding : Operation
{
    private protected TableEncoding() { }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var table = Table(input);
        return new((table.Numbers > 0 ? NumberFeatures(table) : 0) + CategoryEncoding.OutputFeatures(table));
    }

    /// <inheritdoc/>
    public override Cost Cost(Shape input)
    {
        var table = Table(input);
        var output = OutputShape(input);
        return new((table.Numbers > 0 ? NumberParameters(table) : 0) + CategoryEncoding.Parameters(table), output.Count, output.Count * sizeof(float));
    }

    /// <inheritdoc/>
    public override Module<Tensor, Tensor> CreateModule(Shape input)
    {
        var table = Table(input);
        return new TableEncodingModule(table, table.Numbers > 0 ? CreateNumberModule(table) : null);
    }

    /// <inheritdoc/>
    public override GraphValue Emit(GraphBuilder graph, Module<Tensor, Tensor> module, GraphValue input) =>
        ((TableEncodingModule)module).Emit(graph, input);

    /// <summary>The number of features that all numbers become.</summary>
    private protected abstract int NumberFeatures(TableShape table);

    /// <summary>The number of trained values in the numbers' encoding.</summary>
    private protected virtual long NumberParameters(TableShape table) => 0;

    /// <summary>A module for the numbers, <c>[batch, numbers]</c> to <c>[batch, features]</c>.</summary>
    private protected abstract NumberEncodingModule CreateNumberModule(TableShape table);

    private TableShape Table(Shape input) => input as TableShape ?? throw ShapeException.Wrong(this, input, "an encoded table row");

    private sealed class TableEncodingModule : Module<Tensor, Tensor>
    {
        private readonly TableShape _table;
        private readonly NumberEncodingModule? numbers;
        private readonly CategoryEncoding? categories;

        public TableEncodingModule(TableShape table, NumberEncodingModule? numberModule) : base(nameof(TableEncodingModule))
        {
            _table = table;
            numbers = numberModule;
            categories = table.Categories > 0 ? new CategoryEncoding(table) : null;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            if (categories is null) return numbers!.forward(input);
            if (numbers is null) return categories.forward(input);
            return cat([numbers.forward(input.narrow(1, 0, _table.Numbers)), categories.forward(input.narrow(1, _table.Numbers, _table.Categories))], 1);
        }

        public GraphValue Emit(GraphBuilder graph, GraphValue input)
        {
            if (categories is null) return numbers!.Emit(graph, input, _table);
            var codes = categories.Emit(graph, input, firstColumn: _table.Numbers);
            return numbers is null ? codes : graph.Concat(1, numbers.Emit(graph, input, _table), codes);
        }
    }
}

/// <summary>What a table encoding does with the numbers.</summary>
internal abstract class NumberEncodingModule(string name) : Module<Tensor, Tensor>(name)
{
    /// <param name="graph">The graph.</param>
    /// <param name="row">The whole row; the numbers come first in it.</param>
    /// <param name="table">The row's shape.</param>
    public abstract GraphValue Emit(GraphBuilder graph, GraphValue row, TableShape table);

    /// <summary>The numbers of a row.</summary>
    protected static GraphValue Numbers(GraphBuilder graph, GraphValue row, TableShape table) =>
        table.Categories == 0 ? row : graph.Slice(row, starts: [0], ends: [table.Numbers], axes: [1]);
}
