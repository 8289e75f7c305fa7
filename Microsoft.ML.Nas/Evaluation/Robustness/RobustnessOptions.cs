namespace Microsoft.ML.Nas;

/// <summary>What is measured of the final model beyond its metric; see <see cref="SearchOptions.Robustness"/>.</summary>
public sealed class RobustnessOptions
{
    /// <summary>
    /// Shares of the labels, above 0 and below 1, that are wrong when the architecture is trained anew, once for each share: another class drawn
    /// uniformly (symmetric noise, Natarajan 2013), or for regression the label of another row. Early stopping sees wrong labels too; the metric
    /// is taken on the right ones. Default 0.1 and 0.2; empty for none.
    /// </summary>
    public double[] LabelNoise { get; set; } = [0.1, 0.2];

    /// <summary>
    /// Strengths of noise on the features of validation rows: numbers get Gaussian noise of so many standard deviations of their training rows;
    /// a category or a boolean is, with this probability (at most 1), replaced by that of a random training row. Missing numbers stay missing.
    /// For tables only. Default null: 0.1 and 0.5 for tables; empty for none.
    /// </summary>
    public double[]? FeatureNoise { get; set; }

    /// <summary>
    /// A column whose values are held out of training, one after another, to see how well the architecture does on what it has never seen
    /// (leave one domain out, Gulrajani and Lopez-Paz 2021). Text, key, boolean or number; a number of more than ten values is divided at its
    /// quartiles. It need not be a feature. Default null: none.
    /// </summary>
    public string? ShiftColumn { get; set; }

    /// <summary>The number of values of <see cref="ShiftColumn"/>, the most frequent, that are held out; each is a training. Default 4.</summary>
    public int MaxShiftSlices { get; set; } = 4;

    /// <summary>
    /// A column whose groups the metric is told apart for, such as sex. Text, key, boolean or number, at most 50 values; a number of more than
    /// ten is divided at its quartiles. It need not be a feature. Default null: none.
    /// </summary>
    public string? SensitiveColumn { get; set; }

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(LabelNoise);
        foreach (var share in LabelNoise)
            if (!(share is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(LabelNoise), share, $"{nameof(RobustnessOptions)}.{nameof(LabelNoise)} holds {share}; a share of wrong labels must lie between 0 and 1, both excluded.");
        foreach (var strength in FeatureNoise ?? [])
            if (!(strength > 0 && double.IsFinite(strength))) throw new ArgumentOutOfRangeException(nameof(FeatureNoise), strength, $"{nameof(RobustnessOptions)}.{nameof(FeatureNoise)} holds {strength}; a strength must be a finite number greater than 0.");
        if (MaxShiftSlices < 1) throw new ArgumentOutOfRangeException(nameof(MaxShiftSlices), MaxShiftSlices, $"{nameof(RobustnessOptions)}.{nameof(MaxShiftSlices)} is {MaxShiftSlices}; at least 1 value must be held out.");
        NotBlank(ShiftColumn, nameof(ShiftColumn));
        NotBlank(SensitiveColumn, nameof(SensitiveColumn));

        static void NotBlank(string? column, string option)
        {
            if (column is not null) ArgumentException.ThrowIfNullOrWhiteSpace(column, option);
        }
    }

    internal RobustnessOptions Clone()
    {
        var copy = (RobustnessOptions)MemberwiseClone();
        (copy.LabelNoise, copy.FeatureNoise) = ([.. LabelNoise], FeatureNoise is null ? null : [.. FeatureNoise]);
        return copy;
    }
}
