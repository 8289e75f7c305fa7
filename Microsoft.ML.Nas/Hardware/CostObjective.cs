namespace Microsoft.ML.Nas.Hardware;

/// <summary>An objective that follows from the cost; what is over the limit is never even proposed.</summary>
internal sealed class CostObjective(string name, Func<Cost, double> of) : Objective
{
    public override string Name => name;

    public override double Measure(ObjectiveContext context) => of(context.Cost);

    internal override bool Allows(Cost cost) => Limit is not { } limit || of(cost) <= limit;
}
