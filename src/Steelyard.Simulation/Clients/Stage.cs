using Steelyard.Histories;
using Steelyard.Simulation.Endpoints;
using Steelyard.Simulation.Faults;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds;

namespace Steelyard.Simulation.Clients;

/// <summary>
/// What happens to a design from outside, on the world's own perfect clock: operations arrive while faults
/// come and go, then the heal, the quiet time, and the final reads.
/// </summary>
internal sealed class Stage
{
    // Longest time that open operations get beyond the quiet time, and that each final read gets: a design
    // that never answers must not keep its run from ending.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly SimulatedRun _run;
    readonly FaultInjector _faults;
    readonly Driver[] _drivers;
    readonly TimerTable _timers;
    readonly IWorkload _workload;
    readonly SeededRandom _random;
    Action? _whenIdle;
    int _reader;

    public Stage(SimulatedRun run, FaultInjector faults, ClientHost[] clients)
    {
        _run = run;
        _faults = faults;
        _workload = run.Scenario.Load.CreateWorkload();
        _random = new(run.Seed, "workload");
        // Its index is the first that is no endpoint's.
        _timers = new(run.Scheduler, run.Places.Count);
        _drivers = [.. clients.Select(host => new Driver(run, host, CheckIdle))];
    }

    /// <summary>True once the last final read is done.</summary>
    public bool IsOver { get; private set; }

    TimeSpan Duration => _run.Scenario.Load.Duration;

    /// <summary>Sets everything that comes from outside going.</summary>
    public void Begin()
    {
        _faults.Begin(_timers);
        for (var client = 0; client < _drivers.Length; client++)
            ScheduleArrival(client, new(_run.Seed, "arrivals", client), TimeSpan.Zero);
        After(Duration, Heal);
    }

    /// <summary>Lets one of its timers fire.</summary>
    public void Handle(in Event due)
    {
        if (!_timers.IsSet(due))
            return;
        _run.Scheduler.Count(due);
        ((Action)_timers.Take(due)!)();
    }

    // Poisson arrivals, each client's from a stream of its own: neither faults nor slow answers move them.
    void ScheduleArrival(int client, SeededRandom random, TimeSpan last)
    {
        var meanSeconds = _drivers.Length / _run.Scenario.Load.RatePerSecond;
        var next = last + TimeSpan.FromSeconds(random.Exponential(meanSeconds));
        if (next < Duration)
            After(next - last, () => Arrive(client, random, next));
    }

    void Arrive(int client, SeededRandom random, TimeSpan now)
    {
        // Yielded at its due time even when its client is busy, so that what is invoked never depends on
        // faults.
        if (_workload.Next(TurnOf(client)) is { } invocation)
            _drivers[client].Due(invocation);
        ScheduleArrival(client, random, now);
    }

    Turn TurnOf(int client)
    {
        var host = _drivers[client].Host;
        return new(client, host.Process, host.Home, _run.NodeIds, _random);
    }

    void Heal()
    {
        Mark(HistoryPhase.LoadEnd);
        _faults.HealAll();
        Mark(HistoryPhase.Heal);
        After(_run.Scenario.Load.Settle / 2, WaitForTheLast);
    }

    void WaitForTheLast()
    {
        foreach (var driver in _drivers)
            driver.Close();
        var patience = After(Patience, GiveUpOnTheLast);
        _whenIdle = () =>
        {
            _timers.Cancel(patience);
            Mark(HistoryPhase.Settled);
            // Clients that fell behind may have been busy until now: the rest of the quiet time is quiet for
            // sure.
            After(_run.Scenario.Load.Settle / 2, ReadFinally);
        };
        CheckIdle();
    }

    void GiveUpOnTheLast()
    {
        Tell(_drivers);
        foreach (var driver in _drivers)
            driver.Abandon();
    }

    void Tell(IReadOnlyList<Driver> drivers)
    {
        var open = drivers.Where(driver => driver.Open is not null).ToList();
        if (open.Count > 0)
            _run.GivesUp?.Invoke(new(
                _run.IsClosed, [.. open.Select(driver => driver.Open!.Value)],
                [.. open.Select(driver => driver.Host.Process)]));
    }

    void CheckIdle()
    {
        if (_whenIdle is null || !Array.TrueForAll(_drivers, driver => driver.IsIdle))
            return;
        var whenIdle = _whenIdle;
        _whenIdle = null;
        whenIdle();
    }

    void ReadFinally()
    {
        Mark(HistoryPhase.FinalReads);
        NextReader();
    }

    void NextReader()
    {
        if (_reader == _drivers.Length)
        {
            IsOver = true;
            return;
        }

        var driver = _drivers[_reader];
        Read(driver, _workload.FinalReads(TurnOf(_reader)).GetEnumerator());
    }

    void Read(Driver driver, IEnumerator<Invocation> reads)
    {
        if (!reads.MoveNext())
        {
            reads.Dispose();
            _reader++;
            After(TimeSpan.Zero, NextReader);
            return;
        }

        var patience = After(Patience, () =>
        {
            Tell([driver]);
            driver.Abandon();
        });
        _whenIdle = () =>
        {
            _timers.Cancel(patience);
            After(TimeSpan.Zero, () => Read(driver, reads));
        };
        driver.Due(reads.Current);
    }

    TimerId After(TimeSpan time, Action action) => _timers.Set(time, action);

    void Mark(HistoryPhase phase) => _run.History.Mark(phase, _run.Scheduler.NowNs);
}
