using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Tests.Load;

public sealed class LoadDriverTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    static readonly OfferedLoad s_load = new()
    {
        CreateWorkload = () => new Numbered(),
        Clients = 3,
        RatePerSecond = 60,
        Duration = TimeSpan.FromSeconds(10),
        Settle = TimeSpan.FromSeconds(2),
    };

    [Fact]
    public void What_was_due_is_counted_and_stands_in_the_history()
    {
        var world = new OneServer(s_load, it => new Asked(it, _ => TimeSpan.FromMilliseconds(1)));

        var history = world.Run();

        Assert.Equal(RecountedFrom(history), world.Driver.Counts);
        Assert.Equal(world.Driver.Counts.Due, world.Driver.Counts.Answered);
        // Poisson: five deviations of sqrt(600) about 600.
        Assert.InRange(world.Driver.Counts.Due, 478, 722);
        Assert.Equal(3, history.Operations.Count(operation => operation.Function == "look"));
    }

    [Fact]
    public void A_client_that_is_blocked_to_the_end_leaves_requests_that_were_due_and_never_sent()
    {
        var world = new OneServer(s_load, it => new Asked(
            it, asked => asked.Input == 7 ? Asked.Never : TimeSpan.FromMilliseconds(1)));

        var history = world.Run();

        var counts = world.Driver.Counts;
        Assert.Equal(RecountedFrom(history), counts);
        Assert.InRange(counts.Due - counts.Sent, 100, 300);
        Assert.Equal(counts.Sent - 1, counts.Answered);
        Assert.Single(world.GivenUp);
        var unsent = history.Operations.Where(operation => !operation.IsSent).ToList();
        Assert.Equal(counts.Due - counts.Sent, unsent.Count);
        Assert.All(unsent, operation => Assert.Equal(
            (Outcome.Fail, "never sent"), (operation.Outcome, operation.Error)));
        Assert.All(unsent, operation => Assert.True(operation.IntendedNs < operation.InvokedNs));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10.5)]
    public void A_run_that_is_stopped_records_what_was_waiting(double seconds)
    {
        var world = new OneServer(s_load, it => new Asked(it, _ => Asked.Never));

        var history = world.Run(until: seconds * s_second);

        Assert.False(world.Driver.IsOver);
        Assert.Equal(RecountedFrom(history), world.Driver.Counts);
        Assert.Equal((3, 0), (world.Driver.Counts.Sent, world.Driver.Counts.Answered));
        Assert.True(world.Driver.Counts.Due > 10);
        Assert.Equal(3, history.Operations.Count(operation => operation.Outcome == Outcome.Open));
    }

    [Fact]
    public void The_lives_of_sessions_are_no_requests()
    {
        var load = s_load with
        {
            CreateWorkload = () => new Visits(),
            Arrivals = new PoissonArrivals
            {
                SessionClients = 2, MeanToFirstSession = 0.1 * s_second, MeanBetweenSessions = 4 * s_second,
            },
        };
        var world = new OneServer(load, it => new Asked(
            it, asked => asked.IsSession ? 2 * s_second : TimeSpan.Zero));

        var history = world.Run();

        Assert.Equal(RecountedFrom(history), world.Driver.Counts);
        // The rate is that of requests, whatever clients come for sessions.
        Assert.InRange(world.Driver.Counts.Due, 478, 722);
        Assert.InRange(world.Driver.Counts.Sessions, 3, 12);
        Assert.Equal(
            world.Driver.Counts.Sessions, history.Operations.Count(operation => operation.IsSession));
    }

    [Fact]
    public void Phases_are_marked_in_their_order_and_all_that_was_due_ends_before_it_settles()
    {
        var world = new OneServer(s_load, it => new Asked(it, _ => TimeSpan.FromMilliseconds(40)));

        var history = world.Run();

        var phases = history.Phases;
        Assert.Equal(10_000_000_000, phases.LoadEnd!.Value.TimeNs);
        Assert.Equal(10_000_000_000, phases.Heal!.Value.TimeNs);
        Assert.True(phases.Settled!.Value.TimeNs + 1_000_000_000 == phases.FinalReads!.Value.TimeNs);
        Assert.All(
            history.Operations.Where(operation => operation.IsRequest),
            request => Assert.True(request.CompletedAt < phases.Settled.Value.Position));
        Assert.All(
            history.Operations.Where(operation => operation.InvokedAt > phases.FinalReads.Value.Position),
            read => Assert.Equal((false, "look"), (read.IsRequest, read.Function)));
    }

    internal static LoadCounts RecountedFrom(History history)
    {
        var requests = history.Operations.Where(operation => operation.IsRequest).ToList();
        return new()
        {
            Due = requests.Count,
            Sent = requests.Count(request => request.IsSent),
            Answered = requests.Count(request => request.IsAnswered),
            Sessions = history.Operations.Count(operation => operation.IsSession),
        };
    }

    sealed class Visits : IWorkload
    {
        public Invocation Next(in Turn turn) =>
            new("come", Value.Nil, turn.Client) { IsSession = turn.Client < 2 };

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }
}
