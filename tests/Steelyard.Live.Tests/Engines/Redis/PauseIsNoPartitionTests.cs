using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Redis;

/// <summary>A replica is held still, and another time cut off for as long; what its clients see is not the
/// same.</summary>
public sealed class PauseIsNoPartitionTests
{
    const string Away = "n2";

    // What was on its way when the fault began may still come.
    const long MomentNs = 100_000_000;

    static readonly TimeSpan s_begin = TimeSpan.FromSeconds(0.5);
    static readonly TimeSpan s_lasts = TimeSpan.FromSeconds(1.2);
    static readonly TimeSpan s_run = TimeSpan.FromSeconds(2.5);

    // Each is stuck with the first thing that is not answered; some are to be left to ask more.
    const int Clients = 60;

    [EngineFact("redis")]
    public void What_is_asked_of_a_paused_replica_waits_there_and_is_answered_when_it_goes_on()
    {
        var (reads, _, window, _) = Run(new PauseFault { At = s_begin, For = s_lasts, Nodes = [Away] });

        Assert.DoesNotContain(reads, read => window.Holds(read.CompletedNs));
        var waited = reads.Where(read => read.InvokedNs < window.EndNs && read.CompletedNs > window.EndNs)
            .ToList();
        Assert.NotEmpty(waited);
        Assert.All(waited, read => Assert.Equal(Outcome.Ok, read.Outcome));
    }

    [EngineFact("redis")]
    public void A_replica_that_is_cut_off_answers_meanwhile_with_what_is_old_and_nothing_reaches_the_others()
    {
        var (reads, writes, window, history) = Run(new PartitionFault
        {
            At = s_begin, For = s_lasts, Groups = [[Away], ["n1", "n3"]],
        });

        var answered = reads
            .Where(read => read.Outcome == Outcome.Ok
                && window.Holds(read.InvokedNs) && window.Holds(read.CompletedNs))
            .ToList();
        Assert.Contains(answered, read => IsStale(read, history));
        var sent = writes.Where(write => window.Holds(write.InvokedNs)).ToList();
        Assert.DoesNotContain(sent, write => window.Holds(write.CompletedNs));
        Assert.Contains(sent, write => write.Outcome == Outcome.Ok && write.CompletedNs > window.EndNs);
    }

    // Reads are asked of the server beside the client, writes of the primary, n1.
    static (IReadOnlyList<Operation> Reads, IReadOnlyList<Operation> Writes, WhileBroken During, History All)
        Run(Fault fault)
    {
        var (run, _) = LiveEngines.Run(
            "redis", new([fault]), new CommonOptions { Duration = s_run, Clients = Clients }, s_begin,
            ("config", "replicas"), ("workload", "register"), ("reads", "nearest"));
        Assert.All(run.History.Faults, told => Assert.True(told.HadEffect));
        var beside = run.History.Operations.Where(operation => operation.Node == Away)
            .ToLookup(operation => operation.Function);
        return (
            [.. beside[Functions.Read]], [.. beside[Functions.Write]],
            new(TimeOf(run.History, FaultPhase.Start) + MomentNs, TimeOf(run.History, FaultPhase.End)),
            run.History);
    }

    static long TimeOf(History history, FaultPhase phase) =>
        history.Faults.Single(fault => fault.Phase == phase).TimeNs;

    // Another value had been acknowledged after the one that is read (nil is before all), before the read was
    // asked for.
    static bool IsStale(Operation read, History history)
    {
        var written = history.Operations.Where(operation => operation.Function == Functions.Write
            && operation.Outcome == Outcome.Ok && operation.Key.Equals(read.Key)).ToList();
        var oldIsAt = read.Output.IsNil
            ? -1
            : written.Where(write => write.Input.Equals(read.Output)).Select(write => write.CompletedAt)
                .DefaultIfEmpty(int.MaxValue).Min();
        return written.Any(later => later.InvokedAt > oldIsAt && later.CompletedAt < read.InvokedAt);
    }

    sealed record WhileBroken(long BeginNs, long EndNs)
    {
        public bool Holds(long timeNs) => timeNs > BeginNs && timeNs < EndNs;
    }
}
