using System;

namespace Microsoft.ML.Data;

public sealed class RowIdDataViewType : PrimitiveDataViewType
{
    private RowIdDataViewType() : base(typeof(DataViewRowId))
    {
    }

    public static RowIdDataViewType Instance { get; } = new RowIdDataViewType();

    public override bool Equals(DataViewType other) => ReferenceEquals(other, this);

    public override string ToString() => "DataViewRowId";
}
