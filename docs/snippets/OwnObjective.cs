using Microsoft.ML.Nas;
using Microsoft.ML.Nas.Hardware;

namespace Snippets;

#region own-objective
/// <summary>The number of decisions that matter: simple architectures are easier to explain.</summary>
internal sealed class Complexity : Objective
{
    public override string Name => "decisions";

    public override double Measure(ObjectiveContext context) => context.Architecture.Decisions.Count();
}
#endregion
