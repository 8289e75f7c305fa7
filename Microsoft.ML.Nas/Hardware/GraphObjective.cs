namespace Microsoft.ML.Nas.Hardware;

/// <summary>An objective that follows from the exported graph.</summary>
internal sealed class GraphObjective(string name, Func<ObjectiveContext, double> of) : Objective
{
    public override string Name => name;

    public override double Measure(ObjectiveContext context) => of(context);
}
