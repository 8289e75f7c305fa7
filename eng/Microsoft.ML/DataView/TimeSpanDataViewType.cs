using System;

namespace Microsoft.ML.Data;

public sealed class TimeSpanDataViewType : PrimitiveDataViewType
{
    private TimeSpanDataViewType() : base(typeof(TimeSpan))
    {
    }

    public static TimeSpanDataViewType Instance { get; } = new TimeSpanDataViewType();

    public override bool Equals(DataViewType other) => ReferenceEquals(other, this);

    public override string ToString() => "TimeSpan";
}
