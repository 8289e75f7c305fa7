namespace Microsoft.ML.Nas.Reports.Statistics;

/// <summary>Rows of categories with a value to explain.</summary>
/// <param name="Codes">For each row the option of every feature, from 0.</param>
/// <param name="Options">For each feature the number of its options.</param>
/// <param name="Values">For each row the value.</param>
internal sealed record CategoryTable(int[][] Codes, int[] Options, double[] Values)
{
    public int Features => Options.Length;

    public int Rows => Values.Length;
}
