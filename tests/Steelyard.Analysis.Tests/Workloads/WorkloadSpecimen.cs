using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>A workload, run for real and sometimes falsified, with the definition its checker is held
/// to.</summary>
/// <param name="Name">Its name in tests.</param>
/// <param name="Checker">The checker.</param>
/// <param name="Generate">A small random history.</param>
/// <param name="Expect">What the definition says, by trying everything.</param>
internal sealed record WorkloadSpecimen(
    string Name, IChecker Checker, Func<RandomHistories, History> Generate, Func<History, Validity> Expect)
{
    /// <summary>True when the operations of a witness contradict the promise without all others.</summary>
    public bool WitnessStandsAlone { get; init; }

    public static IEnumerable<Operation> Ok(History history, string function) =>
        history.Operations.Where(o => o.Function == function && o.Outcome == Outcome.Ok);

    public static IEnumerable<Operation> Possible(History history, string function) =>
        history.Operations.Where(o => o.Function == function && o.Outcome != Outcome.Fail);
}
