using System;
using System.Linq;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer where TSrc : class, new() where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _map;
    private readonly SchemaDefinition _inputDefinition;

    internal CustomMappingTransformer(Action<TSrc, TDst> map, SchemaDefinition inputDefinition, SchemaDefinition outputDefinition)
    {
        _map = Contracts.CheckValue(map, "mapAction");
        _inputDefinition = inputDefinition;
        Added = MemberColumn.Bind(typeof(TDst), SchemaDefinition.Direction.Write, outputDefinition);
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal MemberColumn[] Added { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new Mapping(this, Contracts.CheckValue(inputSchema, nameof(inputSchema))).OutputSchema;

    public IDataView Transform(IDataView input) => new Mapping(this, Contracts.CheckValue(input, nameof(input)).Schema).Apply(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new Mapping(this, Contracts.CheckValue(inputSchema, nameof(inputSchema)));

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw ModelSaveContext.NoFormat(this);

    private sealed class Mapping : RowMapping
    {
        private readonly CustomMappingTransformer<TSrc, TDst> _parent;
        private readonly ObjectWriter<TSrc> _reader;

        public Mapping(CustomMappingTransformer<TSrc, TDst> parent, DataViewSchema input)
            : this(parent, input, new ObjectWriter<TSrc>(input, ignoreMissingColumns: false, parent._inputDefinition))
        {
        }

        private Mapping(CustomMappingTransformer<TSrc, TDst> parent, DataViewSchema input, ObjectWriter<TSrc> reader)
            : base(input, [.. MemberColumn.SchemaOf(parent.Added).Select(column
                => new MappedColumn(new DataViewSchema.DetachedColumn(column), [.. reader.Columns.Select(source => source.Index)], null))])
        {
            _parent = parent;
            _reader = reader;
        }

        // All added columns of a row share one call of the user's function.
        protected override Delegate[] MakeAdded(DataViewRow input, Func<int, bool> isActive)
        {
            if (!Enumerable.Range(0, _parent.Added.Length).Any(isActive))
                return new Delegate[_parent.Added.Length];
            var setters = _reader.MakeSetters(input);
            var source = new TSrc();
            var slot = new ObjectSlot<TDst> { Current = new TDst() };
            var position = -1L;
            void Refresh()
            {
                if (position == input.Position)
                    return;
                foreach (var set in setters)
                    set(source);
                _parent._map(source, slot.Current);
                position = input.Position;
            }

            return [.. slot.Getters(_parent.Added, isActive).Select((getter, i) => getter is null
                ? null
                : Generic.Call<Delegate>(After<int>, getter.GetType().GetGenericArguments()[0], (Action)Refresh, getter))];
        }

        private static ValueGetter<T> After<T>(Action refresh, Delegate getter)
        {
            var get = (ValueGetter<T>)getter;
            return (ref T value) =>
            {
                refresh();
                get(ref value);
            };
        }
    }
}
