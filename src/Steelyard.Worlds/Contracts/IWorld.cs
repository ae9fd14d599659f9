using Steelyard.Histories;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Contracts;

/// <summary>A place where scenarios run and histories come from: simulated, services or live.</summary>
public interface IWorld
{
    /// <summary>Whether scenarios that deploy this run here.</summary>
    bool CanRun(Deployment deployment);

    /// <summary>Begins a run of a scenario under a fault plan: its nodes have started, and no time has
    /// passed.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="plan">What breaks.</param>
    /// <param name="seed">The number it all grows from.</param>
    /// <param name="control">What may look at it, or stop it.</param>
    /// <exception cref="UserMistakeException">It cannot run this deployment; or the plan does not fit the
    /// scenario (an unknown node, a fault after the end).</exception>
    RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control);
}

/// <summary>What every world can do, since it can start a run.</summary>
public static class WorldExecution
{
    /// <summary>Runs a scenario under a fault plan, as far as a point; null is to its end.</summary>
    /// <inheritdoc cref="IWorld.Start"/>
    public static WorldRun Execute(
        this IWorld world, Scenario scenario, FaultPlan plan, Seed seed, RunControl control,
        RunPoint? until = null)
    {
        using var session = world.Start(scenario, plan, seed, control);
        session.Advance(until ?? RunPoint.End);
        return session.Finish();
    }
}

/// <summary>What may look at a run from outside, or stop it.</summary>
public sealed record RunControl
{
    /// <summary>Nothing of the kind.</summary>
    public static RunControl None { get; } = new();

    /// <summary>Ends the run early; what happened so far is its history.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told now and then how far the run is, in time of the run; null is nobody.</summary>
    public IProgress<TimeSpan>? Progress { get; init; }

    /// <summary>Shown every message, timer and note; null is nobody. Watching never changes the
    /// run.</summary>
    public ITraceSink? Trace { get; init; }

    /// <summary>Shown the state of each node whenever it changes; null is nobody. Watching never changes the
    /// run.</summary>
    public IStateSink? States { get; init; }

    /// <summary>The folder in which it may leave files of its own, such as logs of an engine; null keeps
    /// none.</summary>
    public string? Keep { get; init; }

    /// <summary>Takes down what happens; null keeps a whole history.</summary>
    public IOperationRecorder? Recorder { get; init; }
}

/// <summary>What a world hands back.</summary>
/// <param name="History">What clients saw, and the faults.</param>
/// <param name="ScheduleHash">Over every event of the scheduler; 0 where the world has no say over the
/// schedule (live).</param>
/// <param name="IsPartial">True when it was stopped before its end.</param>
/// <param name="Counters">What went over the wire.</param>
/// <param name="End">How long it took, in time of the run.</param>
public sealed record WorldRun(
    History History, ulong ScheduleHash, bool IsPartial, WorldCounters Counters, TimeSpan End)
{
    /// <summary>What the world itself found wrong, and no history shows: clients that wait for ever, say.
    /// They count as the verdicts of checkers do.</summary>
    public IReadOnlyList<Verdict> Findings { get; init; } = [];

    /// <summary>What is to be known of how it was run, in sentences: the version of an engine, say.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What services failed with, the most important first; empty where there are none, or nobody
    /// looks.</summary>
    public IReadOnlyList<ServiceFailure> Failures { get; init; } = [];

    /// <summary>What nodes counted together; null where they did not.</summary>
    public IRunAccount? Account { get; init; }

    /// <summary>What each node showed of itself where the run ended, or was stopped.</summary>
    public IReadOnlyList<NodeState> States { get; init; } = [];
}

/// <summary>Sums over a run.</summary>
public sealed record WorldCounters
{
    /// <summary>Scheduler events: deliveries, timers, syncs, faults.</summary>
    public long Events { get; init; }

    /// <summary>Messages sent, by nodes and clients.</summary>
    public long MessagesSent { get; init; }

    /// <summary>Messages handed to a receiver; duplicates count.</summary>
    public long MessagesDelivered { get; init; }

    /// <summary>Messages that never arrived: lost, cut, or sent to a node that was down.</summary>
    public long MessagesDropped { get; init; }

    /// <summary>What became of the requests, counted as they went.</summary>
    public LoadCounts Load { get; init; } = new();

    /// <summary>Bytes sent, envelopes included.</summary>
    public long BytesSent { get; init; }
}

/// <summary>Watches the inside of a run.</summary>
public interface ITraceSink
{
    /// <summary>A message was sent and will arrive (or was dropped).</summary>
    /// <param name="sentNs">When it was sent, ns of the run.</param>
    /// <param name="arrivesNs">When it arrives; null when it was lost, with <paramref name="fate"/> saying
    /// why.</param>
    /// <param name="from">Sender.</param>
    /// <param name="to">Receiver.</param>
    /// <param name="message">The message.</param>
    /// <param name="fate">Null for a plain delivery; else <c>lost</c>, <c>cut</c>, <c>duplicate</c>,
    /// <c>down</c>.</param>
    void Sent(long sentNs, long? arrivesNs, NodeId from, NodeId to, Message message, string? fate);

    /// <summary>A node said something (<see cref="IEndpointWorld.Trace"/>).</summary>
    void Noted(long timeNs, NodeId node, string text);
}

/// <summary>Watches the states of nodes (<see cref="IShowsState"/>).</summary>
public interface IStateSink
{
    /// <summary>A node shows something else than before; at the start of the run, whatever it
    /// shows.</summary>
    /// <param name="timeNs">When, in ns of the run.</param>
    /// <param name="node">The node.</param>
    /// <param name="state">What it shows now.</param>
    void Showed(long timeNs, NodeId node, NodeState state);
}
