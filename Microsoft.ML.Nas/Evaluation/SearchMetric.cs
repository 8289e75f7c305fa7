namespace Microsoft.ML.Nas;

/// <summary>The metrics an architecture can be ranked by, measured on validation rows.</summary>
public enum SearchMetric
{
    /// <summary>The area under the ROC curve; two classes; higher is better.</summary>
    AreaUnderRocCurve,

    /// <summary>The share of rows, or tokens, whose most probable class is right; higher is better.</summary>
    Accuracy,

    /// <summary>The mean negative log-likelihood in nats; lower is better.</summary>
    LogLoss,

    /// <summary>The root mean squared error in the label's unit; regression; lower is better.</summary>
    RootMeanSquaredError,

    /// <summary>The mean absolute error in the label's unit; regression; lower is better.</summary>
    MeanAbsoluteError,

    /// <summary>The coefficient of determination; regression; higher is better.</summary>
    RSquared,

    /// <summary>The mean over the classes of the share of a class that is recognised; higher is better.</summary>
    MacroAccuracy,

    /// <summary>The harmonic mean of the entities' precision and recall, for labels of tokens in the form B-type, I-type and O; an entity counts where its type, beginning and end are right; higher is better.</summary>
    EntityF1,
}
