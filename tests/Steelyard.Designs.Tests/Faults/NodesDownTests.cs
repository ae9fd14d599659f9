using Steelyard.Designs.Tests.Hunts;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Faults;

/// <summary>What a plan of all faults did, as the history tells it: the names of leaders are resolved
/// there.</summary>
public sealed class NodesDownTests
{
    // With 198 and 464 three of five were down when a leader counted as one node whichever it was.
    public static TheoryData<ulong> Seeds { get; } =
        [198, 464, .. Enumerable.Range(1, 20).Select(n => (ulong)n)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whoever_leads_never_more_nodes_are_down_than_a_bank_tolerates(ulong seed)
    {
        var scenario = DesignHunt.Scenario("bank");

        var run = DesignHunt.Run(scenario, FaultPalette.All, seed);

        Assert.InRange(MostDown(run.History.Faults), 0, scenario.Promises.Tolerance.NodesDown);
    }

    static int MostDown(IReadOnlyList<FaultEvent> faults)
    {
        var (most, down) = (0, new Dictionary<int, IReadOnlyList<string>>());
        foreach (var fault in faults.Where(fault => fault.Kind is "crash" or "pause" or "disk"))
        {
            if (fault.Phase == FaultPhase.End)
                down.Remove(fault.Fault);
            else if (fault.Kind != "disk" || fault.Phase == FaultPhase.Instant)
                down[fault.Fault] = fault.Nodes;
            most = Math.Max(most, down.Values.SelectMany(nodes => nodes).Distinct().Count());
        }

        return most;
    }

    [Fact]
    public void Nodes_are_hit_as_leaders_all_the_same()
    {
        var scenario = DesignHunt.Scenario("bank");

        var plans = Enumerable.Range(1, 20)
            .SelectMany(seed => Nemesis.Plan(FaultPalette.All, scenario, new((ulong)seed)).Faults).ToList();

        Assert.Contains(plans, fault => fault is CrashFault && fault.Hit.Contains(Fault.Leader));
        Assert.Contains(plans, fault => fault is PauseFault && fault.Hit.Contains(Fault.Leader));
    }
}
