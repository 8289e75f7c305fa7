using System.Collections.Immutable;

namespace Microsoft.ML.Nas.Spaces;

/// <summary>The subsets of a given size, in lexicographic order.</summary>
internal static class Subsets
{
    public static ImmutableArray<ImmutableArray<int>> Of(int count, int size)
    {
        var subsets = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var current = new int[size];
        Fill(0, 0);
        return subsets.ToImmutable();

        void Fill(int position, int first)
        {
            if (position == size)
            {
                subsets.Add([.. current]);
                return;
            }
            for (current[position] = first; current[position] <= count - size + position; current[position]++) Fill(position + 1, current[position] + 1);
        }
    }
}
