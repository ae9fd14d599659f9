using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Loop;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>
/// Lets the faults of a plan begin and end, and records both as they happened: a start when it has been done,
/// an end when it is about to be undone. What takes its time (a process to kill, a link to cut) is done
/// beside the loop, one after the other.
/// </summary>
internal sealed class LiveFaultInjector(
    FaultPlan plan, Seed seed, LiveLoop loop, EngineCluster cluster, IOperationRecorder history)
{
    sealed record Active(int Place, Fault Fault, Action Undo);

    readonly List<Active> _active = [];
    readonly SeededRandom _random = new(seed, "fault-targets");
    readonly LiveFaults _world = new(cluster);
    readonly EffectMark?[] _effects = new EffectMark?[plan.Faults.Count];
    Task _last = Task.CompletedTask;
    bool _isHealed;

    /// <summary>Sets a timer for the start of each fault.</summary>
    public void Begin()
    {
        for (var i = 0; i < plan.Faults.Count; i++)
        {
            var place = i;
            loop.At(Ns(plan.Faults[i].At), () => Next(() => Start(place)));
        }
    }

    /// <summary>Ends all that still lasts, in the order of its beginning; what has not begun does not begin
    /// any more.</summary>
    public void HealAll()
    {
        _isHealed = true;
        Next(async () =>
        {
            while (_active.Count > 0)
                await End(_active[0]);
        });
    }

    /// <summary>Says in the history which faults had an effect.</summary>
    public void TellEffects() => history.SetEffects(place => _effects[place]?.IsSet);

    // One after the other, each continued on the loop: two faults never work on a node at the same time.
    async void Next(Func<Task> act)
    {
        var before = _last;
        var done = new TaskCompletionSource();
        _last = done.Task;
        try
        {
            await before;
            await act();
        }
        finally
        {
            done.SetResult();
        }
    }

    async Task Start(int place)
    {
        if (_isHealed)
            return;
        var leader = plan.Faults[place].Names.Contains(Fault.Leader, StringComparer.Ordinal)
            ? await LeaderNow()
            : null;
        var fault = plan.Faults[place].WithLeader(() => leader!);
        var effect = _effects[place] = new();
        var course = await Task.Run(() => Begin(fault, effect));
        var active = new Active(place, fault, course.Stop);
        Record(active, fault.HasExtent ? FaultPhase.Start : FaultPhase.Instant);
        if (!fault.HasExtent)
            return;
        _active.Add(active);
        EndWhenDone(active, course.Done);
        if (fault.For is { } lasts)
            loop.At(loop.NowNs + Ns(lasts), () => Next(() => End(active)));
    }

    // Of other faults somebody else says when they are over.
    FaultCourse Begin(Fault fault, EffectMark effect) => fault is ICoursedFault coursed
        ? coursed.Begin(_world, effect)
        : new(Task.Delay(Timeout.Infinite), fault.Apply(_world, effect));

    async void EndWhenDone(Active active, Task done)
    {
        await done;
        Next(() => End(active));
    }

    async Task End(Active active)
    {
        // Already ended when everything was healed.
        if (!_active.Remove(active))
            return;
        Record(active, FaultPhase.End);
        await Task.Run(active.Undo);
    }

    // Several may believe that they lead, and then the first is taken; when none does, any may be hit.
    async Task<string> LeaderNow() =>
        await cluster.Leader() is { } leader ? leader.Name : _random.Choose(cluster.Nodes).Name;

    void Record(Active active, FaultPhase phase) => history.Add(active.Fault.Event(
        active.Place, phase, loop.NowNs, cluster.Places));

    static long Ns(TimeSpan time) => time.Ticks * 100;
}
