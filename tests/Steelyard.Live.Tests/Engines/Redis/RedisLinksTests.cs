using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Redis;

/// <summary>What bad links between servers do to what clients see of them.</summary>
public sealed class RedisLinksTests
{
    static readonly TimeSpan s_at = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_run = TimeSpan.FromSeconds(2.5);
    static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(150);

    // A client beside the primary has no bad link of its own: only what its replicas are sent is late.
    [EngineFact("redis")]
    public void A_write_that_waits_for_replicas_is_late_by_what_the_links_to_them_are_late()
    {
        var late = new LinkFault { At = s_at, From = ["n1"], To = ["n2", "n3"], Delay = s_late };

        var (run, _) = LiveEngines.Run(
            "redis", new([late]), s_run, s_at / 2,
            ("config", "replicas"), ("workload", "set"), ("wait", "2"));

        var begin = run.History.Faults.Single(fault => fault.Phase == FaultPhase.Start);
        Assert.True(begin.HadEffect);
        var end = run.History.Faults.Single(fault => fault.Phase == FaultPhase.End);
        // As it ends, whatever was held arrives at once.
        var shortest = run.History.Operations
            .Where(add => add.Node == "n1" && add.Function == "add" && add.Outcome == Outcome.Ok
                && add.CompletedNs < end.TimeNs)
            .ToLookup(add => add.InvokedNs > begin.TimeNs, add => add.CompletedNs - add.InvokedNs);
        Assert.True(shortest[true].Min() > s_late.TotalNanoseconds);
        Assert.InRange(shortest[false].Min(), 0, s_late.TotalNanoseconds / 2);
    }

    [EngineFact("redis")]
    public void Connections_that_are_reset_and_half_open_are_told_and_nothing_acknowledged_is_lost()
    {
        var halfOpen = new HalfOpenFault { At = s_at / 2, For = s_at / 2, From = ["n1"], To = ["n2"] };
        var reset = new ResetFault
        {
            At = s_at * 1.5, For = s_at / 2, Groups = [["n1"], ["n2", "n3"]], Refuses = true,
        };

        var (run, verdicts) = LiveEngines.Run(
            "redis", new([halfOpen, reset]), s_run, s_at, ("config", "replicas"), ("workload", "set"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect, fault.Description));
    }
}
