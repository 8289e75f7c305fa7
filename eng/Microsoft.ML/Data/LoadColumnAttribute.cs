using System;
using System.Collections.Generic;
using System.Linq;

namespace Microsoft.ML.Data;

/// <summary>The field, or fields, of a text file that a member is loaded from.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex) => Sources.Add(new TextLoader.Range(fieldIndex));

    public LoadColumnAttribute(int start, int end) => Sources.Add(new TextLoader.Range(start, end));

    public LoadColumnAttribute(int[] columnIndexes) => Sources.AddRange(columnIndexes.Select(index => new TextLoader.Range(index)));

    internal List<TextLoader.Range> Sources { get; } = [];
}
