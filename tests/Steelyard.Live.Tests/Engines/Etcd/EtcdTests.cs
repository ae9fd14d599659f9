using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Etcd;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Etcd;

public sealed class EtcdTests
{
    static readonly TimeSpan s_soon = TimeSpan.FromSeconds(0.5);
    static readonly TimeSpan s_settle = TimeSpan.FromSeconds(1.5);

    [EngineFact("etcd")]
    public void Three_members_are_linearizable()
    {
        var (run, verdicts) = LiveEngines.Run("etcd", FaultPlan.None, TimeSpan.FromSeconds(1.5), s_soon);

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.True(run.Counters.Load.Answered > 100);
    }

    // A new leader takes up to three seconds; until then nobody answers.
    [EngineFact("etcd", IsLong = true)]
    public void A_leader_that_is_cut_off_answers_nothing_while_the_others_go_on()
    {
        var (run, verdicts) = LiveEngines.Run(
            "etcd", CutOff(Fault.Leader, TimeSpan.FromSeconds(4)), TimeSpan.FromSeconds(4.5), s_settle);

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        var cut = Assert.Single(run.History.Faults, fault => fault.Phase == FaultPhase.Start);
        Assert.True(cut.HadEffect);
        var alone = Assert.Single(cut.Cuts[0].From);
        var isAloneOk = run.History.Operations
            .Where(operation => operation.Outcome == Outcome.Ok
                && operation.InvokedNs > cut.TimeNs && operation.CompletedNs < cut.TimeNs + 3_900_000_000)
            .ToLookup(operation => operation.Node == alone);
        Assert.Empty(isAloneOk[true]);
        Assert.NotEmpty(isAloneOk[false]);
    }

    [EngineFact("etcd")]
    public async Task A_serializable_read_on_a_member_that_is_cut_off_is_stale()
    {
        var engine = LiveEngines.Named("etcd");
        using var started = StartedEngine.Start(
            engine, engine.Setups[0], keep: null, CancellationToken.None);

        var finding = await EtcdCutReads.Try(
            (EtcdCluster)started.Cluster,
            seen => seen is { Alone: "1", Asking: null, Majority: "2" }, CancellationToken.None);

        Assert.True(finding.Occurred, finding.Evidence);
    }

    // The member that is cut off may lead, and then the others need some seconds until they write.
    [EngineFact("etcd", IsLong = true)]
    public void Serializable_reads_are_not_linearizable_while_a_member_is_cut_off()
    {
        var (_, verdicts) = LiveEngines.Run(
            "etcd", CutOff("n3", TimeSpan.FromSeconds(8)), TimeSpan.FromSeconds(9), s_settle,
            ("reads", "serializable"));

        Assert.Equal(Validity.Invalid, Assert.Single(verdicts).Validity);
    }

    [EngineFact("etcd", IsLong = true)]
    public void A_lock_has_one_holder_as_long_as_holders_are_steady()
    {
        var (_, verdicts) = LiveEngines.Run(
            "etcd", FaultPlan.None, TimeSpan.FromSeconds(10), ("workload", "lock"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
    }

    [EngineFact("etcd", IsLong = true)]
    public void A_lock_has_two_holders_when_one_stands_still_for_longer_than_its_lease()
    {
        var (_, verdicts) = LiveEngines.Run(
            "etcd", FaultPlan.None, TimeSpan.FromSeconds(20), ("workload", "lock"), ("holders", "stalled"));

        Assert.Equal(Validity.Invalid, Assert.Single(verdicts).Validity);
    }

    [EngineFact("etcd", IsLong = true)]
    public void An_update_under_a_lock_is_lost_without_fencing()
    {
        Assert.Equal(Validity.Invalid, LockedSet(fencing: "none"));
    }

    [EngineFact("etcd", IsLong = true)]
    public void No_update_under_a_lock_is_lost_with_fencing()
    {
        Assert.Equal(Validity.Valid, LockedSet(fencing: "revision"));
    }

    [EngineFact("etcd", IsLong = true)]
    public void A_watch_tells_every_change_once_and_in_order_over_a_partition()
    {
        var (_, verdicts) = LiveEngines.Run(
            "etcd", CutOff(Fault.Leader, TimeSpan.FromSeconds(4)), TimeSpan.FromSeconds(8),
            ("workload", "watch"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
    }

    static FaultPlan CutOff(string node, TimeSpan time) => new([new PartitionFault
    {
        At = s_soon, For = time, Groups = [[node], [.. Others(node)]],
    }]);

    // The leader, whoever it is by then, is taken out of the others.
    static IEnumerable<string> Others(string node) =>
        new[] { "n1", "n2", "n3" }.Where(other => other != node);

    static Validity LockedSet(string fencing)
    {
        var (_, verdicts) = LiveEngines.Run(
            "etcd", FaultPlan.None, TimeSpan.FromSeconds(20),
            ("workload", "locked-set"), ("holders", "stalled"), ("fencing", fencing));
        return Assert.Single(verdicts).Validity;
    }
}
