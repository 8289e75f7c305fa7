using System;

namespace Microsoft.ML.Data;

public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    internal TextLoader(Options options, DataViewSchema schema) => throw new NotImplementedException();

    public DataViewSchema GetOutputSchema() => throw new NotImplementedException();

    public IDataView Load(IMultiStreamSource source) => throw new NotImplementedException();

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotImplementedException();
}
