using Steelyard.Histories;
using Steelyard.Services.Determinism.Clocks;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Services.Determinism.Waits;
using Steelyard.Services.Faults;
using Steelyard.Services.Hosting;
using Steelyard.Services.Postgres.Servers;
using Steelyard.Services.Scheduling;
using Steelyard.Services.Sockets;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services;

/// <summary>
/// A run of hosts as whoever advances it sees it. Between two events, the code of the hosts runs until it
/// waits, all of it on the one worker. What hosts have started is there until the session is put away.
/// </summary>
internal sealed class ServicesSession : RunSession
{
    // The hosts of a run share the process's worker, so there is room for one.
    static ServicesSession? s_live;

    readonly SimulatedRun _run;
    readonly Deadlocks _deadlocks;

    ServicesSession(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
    {
        _run = new(scenario, plan, seed, control with { Progress = Outside(control.Progress) });
        _deadlocks = new(_run);
        _run.GivesUp = _deadlocks.Look;
    }

    public override long NowNs => _run.NowNs;

    public override bool HasEnded => _run.HasEnded;

    /// <summary>Begins a run.</summary>
    /// <exception cref="InvalidOperationException">Another one was not put away yet.</exception>
    public static ServicesSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
    {
        var session = new ServicesSession(scenario, plan, seed, control);
        if (Interlocked.CompareExchange(ref s_live, session, null) is not null)
            throw new InvalidOperationException(
                "expected one run of services at a time in a process; dispose of the other one first");
        try
        {
            PoolThread.Run(() => Guarded(session.Begin));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public override void Advance(RunPoint until) => PoolThread.Run(() => Guarded(() => AdvanceHere(until)));

    public override IReadOnlyList<NodeState> States() =>
        PoolThread.Run(() => Task.FromResult(_run.Within(_run.States)));

    public override History HistorySoFar() => _run.History.SoFar();

    public override WorldRun Finish()
    {
        var run = PoolThread.Run(() => Guarded(() => Task.FromResult(_run.Within(_run.Finish))));
        if (!run.IsPartial)
            HostStarts.MustBeDone();
        return run with
        {
            Findings = [.. run.Findings, .. _deadlocks.Found],
            Failures = ServiceFailures.Tell(run.History),
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (s_live != this)
            return;
        Violation.End();
        WorldHooks.Release();
        try
        {
            // Who does not fit in the world may hold the worker for ever: nothing runs here any more.
            if (Violation.Found is null)
                PoolThread.Run(StopAll);
        }
        finally
        {
            WorldHooks.End();
            s_live = null;
        }
    }

    static async Task<bool> StopAll()
    {
        await OpenSockets.End();
        await WorkerWait.End();
        await LiveHosts.StopAll();
        PrivatePostgresServers.End();
        return true;
    }

    async Task<bool> Begin()
    {
        CallContext.Reset();
        WorkerWait.Begin(Enter);
        OpenSockets.Begin($"{_run.Seed}");
        HostStarts.Reset();
        ServiceFailures.Begin(() => _run.NowNs);
        ServedCalls.Begin(() => _run.NowNs);
        StatementTrap.Reset();
        Violation.Begin();
        // Where the process runs on a copy of the runtime, no timer is the machine's.
        if (!WorldHooks.Begin(_run))
            RealTimers.Watch();
        await PoolThread.Settled();
        _run.Within(() =>
        {
            _run.Begin();
            // Nobody looks into the queue of a thread that stands still while there is work elsewhere.
            if (OpenSockets.AreThere)
                WorldHooks.UseOneQueue();
            return true;
        });
        return true;
    }

    // Makes this thread the worker, and its code that of the run.
    void Enter()
    {
        PoolThread.Enter();
        _run.Within(static () => true);
    }

    async Task<bool> AdvanceHere(RunPoint until)
    {
        // The worker may be another thread than the one that made the last step.
        _run.Within(static () => true);
        do
            await Settled();
        while (_run.Within(() => _run.Advance(until, HasWork)));
        Violation.MustBeNone();
        return true;
    }

    static OutsideProgress? Outside(IProgress<TimeSpan>? progress) =>
        progress is null ? null : new(progress);

    // All code waits, for the world.
    static async Task Settled()
    {
        do
        {
            await PoolThread.Settled();
            await OpenSockets.Settled();
            Violation.MustBeNone();
        }
        while (await WorkerWait.LetOneGoOn());
    }

    static bool HasWork() => PoolThread.HasWork || OpenSockets.HasNews;

    static async Task<T> Guarded<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception failure) when (Violation.Found is { } mistake && failure is not UserMistakeException)
        {
            // It may be what came of it.
            throw new UserMistakeException(mistake, failure);
        }
    }

    // Whoever shows progress counts by the machine's clock.
    sealed class OutsideProgress(IProgress<TimeSpan> progress) : IProgress<TimeSpan>
    {
        public void Report(TimeSpan value) => WorldHooks.Outside(progress.Report, value);
    }
}
