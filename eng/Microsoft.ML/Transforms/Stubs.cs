using System;
using Microsoft.ML.Data;

namespace Microsoft.ML.Data
{
    public abstract class RowToRowTransformerBase : ITransformer
    {
        private protected RowToRowTransformerBase() {}
        bool ITransformer.IsRowToRowMapper => true;
        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw new NotImplementedException();
        public IDataView Transform(IDataView input) => throw new NotImplementedException();
        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotImplementedException();
        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotImplementedException();
    }
    public abstract class OneToOneTransformerBase : RowToRowTransformerBase { private protected OneToOneTransformerBase() {} }
    public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase { internal ColumnConcatenatingTransformer() {} }
}
namespace Microsoft.ML.Transforms
{
    public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
    {
        internal ColumnConcatenatingEstimator() {}
        public ColumnConcatenatingTransformer Fit(IDataView input) => throw new NotImplementedException();
        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw new NotImplementedException();
    }
    public sealed class ColumnCopyingTransformer : OneToOneTransformerBase { internal ColumnCopyingTransformer() {} }
    public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
    {
        internal ColumnCopyingEstimator() : base(null) {}
        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw new NotImplementedException();
    }
    public sealed class ColumnSelectingTransformer : ITransformer
    {
        internal ColumnSelectingTransformer() {}
        bool ITransformer.IsRowToRowMapper => true;
        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw new NotImplementedException();
        public IDataView Transform(IDataView input) => throw new NotImplementedException();
        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotImplementedException();
        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotImplementedException();
    }
    public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
    {
        internal ColumnSelectingEstimator() : base(null) {}
        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw new NotImplementedException();
    }
    public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase { internal ValueToKeyMappingTransformer() {} }
    public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
    {
        internal ValueToKeyMappingEstimator() {}
        public enum KeyOrdinality : byte { ByOccurrence = 0, ByValue = 1 }
        public ValueToKeyMappingTransformer Fit(IDataView input) => throw new NotImplementedException();
        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw new NotImplementedException();
    }
    public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase { internal KeyToValueMappingTransformer() {} }
    public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
    {
        internal KeyToValueMappingEstimator() : base(null) {}
        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw new NotImplementedException();
    }
    public sealed class TypeConvertingTransformer : OneToOneTransformerBase { internal TypeConvertingTransformer() {} }
    public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
    {
        internal TypeConvertingEstimator() : base(null) {}
        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw new NotImplementedException();
    }
}
