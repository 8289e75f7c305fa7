using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Data;

/// <summary>What kind of input a search space is for, which decides how columns become what its networks take.</summary>
internal enum InputKind
{
    /// <summary>Numbers and categories, each value a column: <see cref="TableShape"/>.</summary>
    Table,

    /// <summary>One vector column of bytes or floats with dimensions: <see cref="ImageShape"/>.</summary>
    Image,

    /// <summary>One text column: <see cref="TokenShape"/>.</summary>
    Text,
}
