using Steelyard.Live.Disks;
using Steelyard.Live.Engines;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Disks;

public sealed class NodeTracerTests
{
    // Each turn is a process of its own, started after strace has come.
    const string Syncing = "echo x > file; while :; do sync -d file && echo done >> turns; sleep 0.005; done";
    const string NeverSyncing = "echo x > file; while :; do echo done >> turns; sleep 0.005; done";

    // Within the time in which turns are counted there are at most so many of them where each takes 0.2 s.
    const int MostDelayed = 3;

    static readonly TimeSpan s_while = TimeSpan.FromSeconds(0.5);

    [DiskFact]
    public void Each_sync_takes_as_much_longer_while_it_lasts()
    {
        using var yard = ProcessYard.Open();
        var node = Run(yard, Syncing);
        var effect = new EffectMark();
        var before = TurnsWithin(yard);

        var end = NodeTracer.DelaySyncs(yard, node, TimeSpan.FromSeconds(0.2), effect);
        var meanwhile = TurnsWithin(yard);
        end();

        Assert.InRange(meanwhile, 0, MostDelayed);
        Assert.True(before > MostDelayed);
        Assert.True(TurnsWithin(yard) > MostDelayed);
        Assert.True(effect.IsSet);
    }

    [DiskFact]
    public void Each_sync_fails_while_it_lasts()
    {
        using var yard = ProcessYard.Open();
        var node = Run(yard, Syncing);
        var effect = new EffectMark();

        var end = NodeTracer.FailSyncs(yard, node, effect);
        // One that had begun before may still come to its end.
        var meanwhile = TurnsWithin(yard);
        end();

        Assert.InRange(meanwhile, 0, 1);
        Assert.True(TurnsWithin(yard) > MostDelayed);
        Assert.True(effect.IsSet);
        Assert.Contains("Input/output error", File.ReadAllText(node.Log), StringComparison.Ordinal);
    }

    [DiskFact]
    public void A_program_that_never_syncs_is_not_touched_and_there_was_no_effect()
    {
        using var yard = ProcessYard.Open();
        var node = Run(yard, NeverSyncing);
        var effect = new EffectMark();

        var end = NodeTracer.DelaySyncs(yard, node, TimeSpan.FromSeconds(0.2), effect);
        var meanwhile = TurnsWithin(yard);
        end();

        Assert.True(meanwhile > MostDelayed);
        Assert.False(effect.IsSet);
    }

    [DiskFact]
    public void It_is_seen_whether_a_program_is_refused_room()
    {
        using var yard = ProcessYard.Open();
        var disk = NodeDisk.Make(yard, "n1");
        var node = Run(
            yard, "while :; do i=$((i + 1)); echo x > n1/$i; echo done >> turns; sleep 0.005; done");
        var (roomy, full) = (new EffectMark(), new EffectMark());

        var unwatch = NodeTracer.WatchForRoom(yard, node, roomy);
        TurnsWithin(yard);
        unwatch();
        unwatch = NodeTracer.WatchForRoom(yard, node, full);
        disk.Fill();
        TurnsWithin(yard);
        unwatch();

        Assert.False(roomy.IsSet);
        Assert.True(full.IsSet);
    }

    [DiskFact]
    public void What_is_done_to_syncs_at_the_same_time_is_done_together_and_ends_each_for_itself()
    {
        using var yard = ProcessYard.Open();
        var node = Run(yard, Syncing);
        var (late, failing) = (new EffectMark(), new EffectMark());

        var endDelay = NodeTracer.DelaySyncs(yard, node, TimeSpan.FromSeconds(0.1), late);
        var endErrors = NodeTracer.FailSyncs(yard, node, failing);
        TurnsWithin(yard);
        endDelay();
        var failed = TurnsWithin(yard);
        endErrors();

        Assert.True(late.IsSet);
        Assert.True(failing.IsSet);
        Assert.InRange(failed, 0, 1);
        Assert.True(TurnsWithin(yard) > MostDelayed);
    }

    [DiskFact]
    public void A_node_that_starts_again_meanwhile_is_slow_as_well()
    {
        using var yard = ProcessYard.Open();
        var node = Run(yard, NeverSyncing);
        var effect = new EffectMark();

        var end = NodeTracer.DelaySyncs(yard, node, TimeSpan.FromSeconds(0.2), effect);
        node.Kill();
        node.Runs([Start(yard, node, Syncing)]);
        var meanwhile = TurnsWithin(yard);
        end();

        Assert.InRange(meanwhile, 0, MostDelayed);
        Assert.True(effect.IsSet);
    }

    static EngineNode Run(ProcessYard yard, string script)
    {
        var node = new EngineNode(0, "n1", Path.Combine(yard.Folder, "log"));
        node.Runs([Start(yard, node, script)]);
        SpinWait.SpinUntil(() => Turns(yard) > 0, TimeSpan.FromSeconds(5));
        return node;
    }

    static RunningProcess Start(ProcessYard yard, EngineNode node, string script) =>
        yard.Start(new("sh", "-c", script), node.Log, []);

    static int TurnsWithin(ProcessYard yard)
    {
        var before = Turns(yard);
        Thread.Sleep(s_while);
        return Turns(yard) - before;
    }

    static int Turns(ProcessYard yard) =>
        Path.Combine(yard.Folder, "turns") is var turns && File.Exists(turns)
            ? File.ReadLines(turns).Count() : 0;
}
