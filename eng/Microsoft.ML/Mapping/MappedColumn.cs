using System;
using System.Collections.Generic;

namespace Microsoft.ML.Data;

/// <summary>A column that is computed from others of the same row.</summary>
/// <param name="Column">Name, type and annotations.</param>
/// <param name="Inputs">The input columns, by index, that it is computed from.</param>
/// <param name="MakeGetter">Makes the getter, a ValueGetter of the type's raw type, over a row of the input.</param>
internal sealed record MappedColumn(DataViewSchema.DetachedColumn Column, IReadOnlyList<int> Inputs, Func<DataViewRow, Delegate> MakeGetter);
