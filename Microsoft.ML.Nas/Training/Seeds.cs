namespace Microsoft.ML.Nas.Training;

/// <summary>Derives independent seeds from one, so that no part's randomness depends on how much another part drew.</summary>
internal static class Seeds
{
    /// <summary>The seed of a part of the work (SplitMix64 over the parent seed, a name and an index).</summary>
    public static int Derive(int seed, string part, int index = 0)
    {
        var state = Mix(unchecked((ulong)seed));
        foreach (var character in part) state = Mix(state ^ character);
        return (int)(Mix(state ^ unchecked((ulong)index)) & int.MaxValue);
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
