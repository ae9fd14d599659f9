using Steelyard.Histories;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Simulation.Tests.Clients;

public sealed class SimulatedLoadTests
{
    [Fact]
    public void Editing_the_fault_plan_does_not_reshuffle_what_is_invoked()
    {
        var without = Asked(TestRun.Pings(3).Under());
        var with = Asked(TestRun.Pings(3).Under(
            new CrashFault { At = TestRun.Ms(3000), For = TestRun.Ms(3000), Nodes = ["n1", "n2"] }));

        Assert.Equal(without, with);
    }

    [Fact]
    public void Arrivals_are_Poisson()
    {
        var due = TestRun.Pings(1, clients: 1, rate: 500).Under().History.Operations
            .Where(operation => operation.Function == "ping").Select(operation =>
                operation.IntendedNs / 1e6).ToList();
        var gaps = due.Zip(due.Skip(1), (earlier, later) => later - earlier).ToList();
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean)));

        // The deviation of exponential gaps equals their mean.
        Assert.InRange(mean, 1.9, 2.1);
        Assert.InRange(deviation / mean, 0.95, 1.05);
    }

    [Fact]
    public void An_operation_that_waits_for_its_client_keeps_the_time_at_which_it_was_due()
    {
        var pause = new PauseFault { At = TestRun.Ms(3000), For = TestRun.Ms(500), Nodes = ["n1"] };

        var history = TestRun.Pings(1, clients: 1, rate: 100).Under(pause).History;

        var delayed = history.Operations.Where(it => it.InvokedNs >= 3_500_000_000).Take(20).ToList();
        Assert.All(delayed, it => Assert.InRange(it.IntendedNs, 3_000_000_000, 3_500_000_000));
        Assert.True(delayed.Zip(delayed.Skip(1)).All(pair => pair.First.IntendedNs < pair.Second.IntendedNs));
    }

    [Fact]
    public void After_an_info_the_process_is_retired_and_a_fresh_client_serves_the_next_one()
    {
        var served = new List<int>();
        var crash = new CrashFault { At = TestRun.Ms(3000), For = TestRun.Ms(2500), Nodes = ["n1"] };
        var scenario = TestRun.Pings(3, clients: 3, rate: 30).Deployed(nodes => nodes with
        {
            CreateClient = world =>
            {
                served.Add(world.Process);
                return new PingClient(world);
            },
        });

        var history = scenario.Under(crash).History;

        var infos = history.Operations.Where(operation => operation.Outcome == Outcome.Info).ToList();
        Assert.NotEmpty(infos);
        Assert.All(infos, info => Assert.DoesNotContain(
            history.Operations, later => later.Process == info.Process && later.Index > info.Index));
        Assert.Equal(infos.Select(info => info.Process + 3), served.Where(process => process >= 3));
    }

    [Fact]
    public void A_partition_cuts_a_client_off_with_its_home_but_never_from_it()
    {
        var partition = new PartitionFault
        {
            At = TestRun.Ms(2000), For = TestRun.Ms(5000), Groups = [["n1"], ["n2", "n3"]],
        };

        Assert.All(
            TestRun.Pings(3, clients: 3).Under(partition).History.Operations,
            operation => Assert.Equal(Outcome.Ok, operation.Outcome));
        var abroad = TestRun.Pings(3, clients: 3).Offered(
            load => load with { CreateWorkload = () => new PingTheLast() });
        var outcomes = abroad.Under(partition).History.Operations
            .Where(operation => operation.InvokedNs / 1_000_000 is > 2100 and < 5900);
        Assert.All(outcomes, operation => Assert.Equal(
            operation.Key == "n1" ? Outcome.Info : Outcome.Ok, operation.Outcome));
    }

    [Fact]
    public void Operations_that_were_due_and_never_sent_are_recorded_as_failed()
    {
        var scenario = TestRun.Pings(1, clients: 1, rate: 10)
            .Deployed(nodes => nodes with { CreateClient = world => new StuckClient(world) })
            .Offered(load => load with { Duration = TimeSpan.FromSeconds(5) });

        var run = scenario.Under();

        var operations = run.History.Operations.ToList();
        Assert.False(run.IsPartial);
        Assert.Equal(Outcome.Open, operations[0].Outcome);
        Assert.True(operations.Count > 30);
        Assert.All(operations[1..^1],
            it => Assert.Equal((Outcome.Fail, "never sent"), (it.Outcome, it.Error)));
        Assert.True(run.End < TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_final_read_that_never_ends_does_not_keep_the_run_from_ending()
    {
        var scenario = TestRun.Pings(1, clients: 2).Deployed(
            nodes => nodes with { CreateClient = world => new StuckClient(world, only: "final") });

        var run = scenario.Under();

        Assert.False(run.IsPartial);
        Assert.Equal(2, run.History.Operations.Count(it => it.Function == "final"
            && it.Outcome == Outcome.Open));
    }

    static List<string> Asked(WorldRun run) =>
    [
        .. run.History.Operations.Where(operation => operation.Function == "ping")
            .OrderBy(operation => operation.IntendedNs)
            .Select(operation =>
                $"{operation.Key} {operation.Input} {operation.IntendedNs} {operation.Node}"),
    ];

    sealed class PingTheLast : IWorkload
    {
        public Invocation Next(in Turn turn) =>
            new("ping", $"n{turn.Home.Index + 1}", 1, turn.Nodes[^1]);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class StuckClient(IClientWorld world, string? only = null) : IClient
    {
        public async ValueTask<Completion> Invoke(Invocation invocation)
        {
            if (only is null || only == invocation.Function)
                await Task.Delay(Timeout.InfiniteTimeSpan, world.Clock);
            return Completion.Ok(Value.Nil);
        }
    }
}
