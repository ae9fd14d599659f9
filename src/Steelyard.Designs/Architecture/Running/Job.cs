using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>A request at an instance, from its arrival to its answer. It is used again for another
/// one.</summary>
internal sealed class Job
{
    public Job(Station station) => Served = () => station.OnServed(this);

    /// <summary>To be called when the worker has done its own work.</summary>
    public Action Served { get; }

    /// <summary>Who asked.</summary>
    public NodeId From { get; set; }

    /// <summary>What was asked.</summary>
    public CallAsk Ask { get; set; } = null!;

    /// <summary>When it came, by the instance's clock.</summary>
    public long ArrivedNs { get; set; }

    /// <summary>Until when its caller waits.</summary>
    public long DeadlineNs { get; set; }

    /// <summary>How long everything had stood still when its work began.</summary>
    public long StoodStillNs { get; set; }

    /// <summary>Since when its worker has nothing to do but wait, in ns of the run.</summary>
    public long WaitsSinceNs { get; set; }

    /// <summary>Whether it is a write that has its row, in a database.</summary>
    public bool HasRow { get; set; }

    /// <summary>The next call it makes.</summary>
    public int Step { get; set; }

    /// <summary>How many of its calls are open.</summary>
    public int Open { get; set; }

    /// <summary>Whether a worker works at it, or waits with it.</summary>
    public bool HoldsWorker { get; set; }

    /// <summary>How it stands.</summary>
    public CallStatus Status { get; set; }

    /// <summary>What was read or written for it.</summary>
    public Reading Reading { get; set; }

    /// <summary>In which life of its instance it is; what belongs to an earlier one is dead.</summary>
    public int Life { get; private set; }

    public void Begin(NodeId from, CallAsk ask, long nowNs, int life)
    {
        Life = life;
        (From, Ask, ArrivedNs) = (from, ask, nowNs);
        DeadlineNs = ask.WaitsNs == long.MaxValue ? long.MaxValue : nowNs + ask.WaitsNs;
        (Step, Open, HoldsWorker, HasRow) = (0, 0, false, false);
        (Status, Reading) = (CallStatus.Ok, new(Reading.Unknown));
    }
}
