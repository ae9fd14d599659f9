using Steelyard.Simulation.Clocks;
using Steelyard.Simulation.Networks;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Endpoints;

/// <summary>The world's side of an address: its timers, its calls that wait, its clock, and what reaches
/// it.</summary>
internal abstract class Endpoint
{
    readonly Dictionary<int, CallSource> _calls = [];
    int _lastCall;

    protected Endpoint(SimulatedRun run, int index, string purpose)
    {
        Run = run;
        Index = index;
        Timers = new(run.Scheduler, index);
        Random = new(run.Seed, purpose, index);
        var clockRandom = new SeededRandom(run.Seed, "clock", index);
        Clock = new(run.Scheduler, this, clockRandom, run.Scenario.Cluster.InitialSkew);
        Timers.Clock = Clock;
    }

    public SimulatedRun Run { get; }

    public Scheduler Scheduler => Run.Scheduler;

    public Network Network => Run.Network;

    /// <summary>Its place in the world: servers first, then clients.</summary>
    public int Index { get; }

    /// <summary>Its name in the topology, or the client's.</summary>
    public abstract string Name { get; }

    public TimerTable Timers { get; }

    public SimulatedClock Clock { get; }

    public SeededRandom Random { get; }

    /// <summary>Counts lives: what belongs to an earlier one is dead.</summary>
    public int Incarnation { get; private set; }

    /// <summary>Lets an event happen here.</summary>
    public abstract void Handle(in Event due);

    /// <summary>Sends a request from an address of its own, where the reply will be awaited.</summary>
    public ValueTask<Message?> Call(NodeId to, Message request, TimeSpan timeout)
    {
        var call = ++_lastCall;
        var source = Scheduler.Pools.Call();
        source.Begin(_calls, call, Timers.Set(timeout, source));
        Network.Send(new(Index, call), to, request);
        return new(source, source.Version);
    }

    /// <summary>Waits by the own clock.</summary>
    public ValueTask Delay(TimeSpan duration)
    {
        var source = Scheduler.Pools.Delay();
        Timers.Set(duration, source);
        return new(source, source.Version);
    }

    /// <summary>Ends this life: timers, delays and calls that wait are dead.</summary>
    protected void EndLife()
    {
        Incarnation++;
        Timers.Clear();
        _calls.Clear();
    }

    /// <summary>Fires a timer, unless it was cancelled.</summary>
    protected void FireTimer(in Event due)
    {
        if (!Timers.IsSet(due))
            return;
        Scheduler.Count(due);
        switch (Timers.Take(due))
        {
            case Action action:
                action();
                break;
            case ITimed timed:
                timed.Fire();
                break;
        }
    }

    /// <summary>Hands a reply to the call that waits for it.</summary>
    /// <returns>False when no call waits there (any more).</returns>
    protected bool Reply(int call, Message message)
    {
        if (!_calls.Remove(call, out var source))
            return false;
        Timers.Cancel(source.Timeout);
        source.Reply(message);
        return true;
    }
}
