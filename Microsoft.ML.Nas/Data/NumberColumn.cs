namespace Microsoft.ML.Nas.Data;

/// <summary>A numeric column in memory; types that a float holds exactly take four bytes a row, the others eight.</summary>
internal sealed class NumberColumn
{
    private readonly List<float>? _singles;
    private readonly List<double>? _doubles;

    /// <param name="rawType">The .NET type of the column's values.</param>
    public NumberColumn(Type rawType)
    {
        if (rawType == typeof(double) || rawType == typeof(int) || rawType == typeof(uint) || rawType == typeof(long) || rawType == typeof(ulong)) _doubles = [];
        else _singles = [];
    }

    /// <summary>The value of a row; NaN where it is missing.</summary>
    public double this[int row] => _singles is not null ? _singles[row] : _doubles![row];

    /// <summary>Adds a row.</summary>
    public void Append(double value)
    {
        if (_singles is not null) _singles.Add((float)value);
        else _doubles!.Add(value);
    }
}
