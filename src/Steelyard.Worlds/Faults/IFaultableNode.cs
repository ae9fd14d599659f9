namespace Steelyard.Worlds.Faults;

/// <summary>What a world lets faults do to one of its nodes; see <see cref="IFaultableWorld"/>.</summary>
public interface IFaultableNode
{
    /// <summary>Stops it at once, until it is ended. Has an effect on a node that is up, on what a disk holds
    /// that is taken, and where it keeps a node down for longer than others do.</summary>
    Action Crash(CrashLoss loses, bool torn, EffectMark effect);

    /// <summary>Stops it in good order; ended, it comes back, as a next version where one is named. Has an
    /// effect on a node that is up.</summary>
    Action Drain(int? version, EffectMark effect);

    /// <summary>Holds it still. Has an effect when something has to wait for its end.</summary>
    Action Pause(EffectMark effect);

    /// <summary>Makes each message cost its processor more. Has an effect on the first message.</summary>
    Action Slow(TimeSpan perMessage, EffectMark effect);

    /// <summary>Moves its wall clock for good. Has an effect when that clock is read.</summary>
    void JumpClock(TimeSpan by, EffectMark effect);

    /// <summary>Makes its clocks run fast or slow. Has an effect when a clock is read or a timer waits
    /// meanwhile.</summary>
    Action DriftClock(int partsPerMillion, EffectMark effect);

    /// <summary>Leaves its disk no room. Has an effect when a write is refused.</summary>
    Action FillDisk(EffectMark effect);

    /// <summary>Makes syncs of its disk slow. Has an effect when one begins meanwhile.</summary>
    Action SlowDisk(EffectMark effect);

    /// <summary>Flips bits of a file, in what was synced. Has an effect when there is such a file.</summary>
    void CorruptDisk(EffectMark effect);

    /// <summary>Lets the next write land at another place of its file. Has an effect when it has.</summary>
    void MisdirectWrite(EffectMark effect);

    /// <summary>Lets something go wrong with it that only its kind of node knows
    /// (<see cref="IDegradableNode"/>). Has an effect when that node goes another way for it.</summary>
    Action Degrade(string how, double by, EffectMark effect);
}
