using Steelyard.Live.Engines;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>What faults do to one node of a live cluster.</summary>
internal sealed class LiveFaultyNode(EngineCluster cluster, EngineNode node) : IFaultableNode
{
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
    public void JumpClock(TimeSpan by, EffectMark effect) =>
        throw LiveFaultRules.NotRefused(nameof(JumpClock));

    /// <inheritdoc/>
    public Action DriftClock(int partsPerMillion, EffectMark effect) =>
        throw LiveFaultRules.NotRefused(nameof(DriftClock));

    /// <inheritdoc/>
    public Action FillDisk(EffectMark effect) => throw LiveFaultRules.NotRefused(nameof(FillDisk));

    /// <inheritdoc/>
    public Action SlowDisk(EffectMark effect) => throw LiveFaultRules.NotRefused(nameof(SlowDisk));

    /// <inheritdoc/>
    public void CorruptDisk(EffectMark effect) => throw LiveFaultRules.NotRefused(nameof(CorruptDisk));

    /// <inheritdoc/>
    public void MisdirectWrite(EffectMark effect) => throw LiveFaultRules.NotRefused(nameof(MisdirectWrite));

    /// <inheritdoc/>
    public Action Degrade(string how, double by, EffectMark effect) =>
        throw LiveFaultRules.NotRefused(nameof(Degrade));
}
