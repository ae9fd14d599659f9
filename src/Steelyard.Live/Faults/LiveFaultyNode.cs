using Steelyard.Live.Clocks;
using Steelyard.Live.Disks;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>What faults do to one node of a live cluster.</summary>
internal sealed class LiveFaultyNode(EngineCluster cluster, EngineNode node) : IFaultableNode
{
    // What a disk takes that is short of breath; one that is well takes a millisecond or less.
    static readonly TimeSpan s_slowSync = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan s_toGiveUp = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public Action Crash(CrashLoss loses, bool torn, EffectMark effect)
    {
        if (node.Kill())
            effect.Set();
        return () => cluster.StartAgain(node);
    }

    /// <inheritdoc/>
    public Action Drain(int? version, EffectMark effect)
    {
        if (cluster.Stop(node))
            effect.Set();
        return () => cluster.StartAgain(node);
    }

    /// <inheritdoc/>
    public Action Pause(EffectMark effect)
    {
        if (node.Pause())
            effect.Set();
        return node.Resume;
    }

    /// <inheritdoc/>
    public Action Slow(TimeSpan perMessage, EffectMark effect) =>
        throw LiveFaultRules.NotRefused(nameof(Slow));

    /// <inheritdoc/>
    public void JumpClock(TimeSpan by, EffectMark effect)
    {
        var before = ClockLead.Of(cluster, node);
        node.Clock!.Jump(by);
        if (ClockLead.Of(cluster, node)?.HasMoved(before, by) == true)
            effect.Set();
    }

    /// <inheritdoc/>
    public Action DriftClock(int partsPerMillion, EffectMark effect)
    {
        var before = ClockLead.Of(cluster, node);
        node.Clock!.Drift(partsPerMillion);
        return () =>
        {
            node.Clock.Drift(-partsPerMillion);
            if (ClockLead.Of(cluster, node)?.HasMoved(before, TimeSpan.FromTicks(partsPerMillion)) == true)
                effect.Set();
        };
    }

    /// <inheritdoc/>
    public Action FillDisk(EffectMark effect)
    {
        var unwatch = NodeTracer.WatchForRoom(cluster.Yard, node, effect);
        var free = node.Disk!.Fill();
        return () =>
        {
            unwatch();
            // One may end itself over a write that was done in part only.
            if (node.HasDied)
                effect.Set();
            free();
            KeepUp();
        };
    }

    /// <inheritdoc/>
    public Action SlowDisk(EffectMark effect) =>
        NodeTracer.DelaySyncs(cluster.Yard, node, s_slowSync, effect);

    /// <summary>Lets syncs of its disk fail.</summary>
    public Action FailSyncs(EffectMark effect)
    {
        var end = NodeTracer.FailSyncs(cluster.Yard, node, effect);
        return () =>
        {
            end();
            KeepUp();
        };
    }

    /// <inheritdoc/>
    public void CorruptDisk(EffectMark effect) => throw LiveFaultRules.NotRefused(nameof(CorruptDisk));

    /// <inheritdoc/>
    public void MisdirectWrite(EffectMark effect) => throw LiveFaultRules.NotRefused(nameof(MisdirectWrite));

    /// <inheritdoc/>
    public Action Degrade(string how, double by, EffectMark effect) =>
        throw LiveFaultRules.NotRefused(nameof(Degrade));

    // An engine whose disk fails may take seconds to give up; who looks after it starts it again.
    void KeepUp()
    {
        cluster.Revive(node);
        _ = Task.Run(async () =>
        {
            for (var waited = TimeSpan.Zero; waited < s_toGiveUp; waited += s_look)
            {
                await Task.Delay(s_look);
                cluster.Revive(node);
            }
        });
    }
}
