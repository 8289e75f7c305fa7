using System;

namespace Microsoft.ML.Data;

public sealed class BooleanDataViewType : PrimitiveDataViewType
{
    private BooleanDataViewType() : base(typeof(bool))
    {
    }

    public static BooleanDataViewType Instance { get; } = new BooleanDataViewType();

    public override bool Equals(DataViewType other) => ReferenceEquals(other, this);

    public override string ToString() => "Boolean";
}
