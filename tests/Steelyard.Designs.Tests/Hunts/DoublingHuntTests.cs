using Steelyard.Designs.Bank;
using Steelyard.Designs.Raft;
using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Hunts;

/// <summary>Messages doubled and slow, leaders cut off again and again, and crashes beside it.</summary>
public sealed class DoublingHuntTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("bank")]
    [InlineData("bank --replication write-all")]
    [InlineData("chat")]
    [InlineData("chat --resolve vector-clock")]
    [InlineData("chat --resolve app")]
    [InlineData("register")]
    [InlineData("register --lease")]
    [InlineData("register --reads session")]
    [InlineData("register --reads monotonic")]
    [InlineData("register --replication single")]
    [InlineData("register --replication primary-backup-sync")]
    [InlineData("register --replication primary-backup-sync --reads session")]
    [InlineData("register --replication quorum --write-back")]
    [InlineData("register --replication quorum --resolve dotted")]
    [InlineData("register --replication quorum --reads session")]
    [InlineData("kv")]
    [InlineData("kv --replication primary-backup-sync")]
    [InlineData("kv --replication quorum --write-back")]
    public void What_is_right_keeps_its_promises_though_messages_are_doubled_and_leaders_change(
        string command)
    {
        // A promise about cuts alone: beside a dead server on the wrong side of one, or behind links that are
        // twenty times slower, some are not answered in time. What else is promised has no such limit.
        var scenario = DesignHunt.Scenario(command).Without("available-during-partition");
        for (var seed = 0UL; seed < (DesignHunt.IsLong ? 300UL : 3UL); seed++)
        {
            var run = Run(scenario, seed);
            if (DesignHunt.NotHeld(scenario, run) is { } verdict)
                Assert.Fail($"{command}, seed {seed}: {verdict.Checker}: {verdict.Summary}");
        }
    }

    [Fact]
    public void A_bank_whose_nodes_forget_what_they_refused_is_found()
    {
        var bank = DesignHunt.Scenario("bank");
        var opening = Enumerable.Range(1, 8).ToDictionary(account => (long)account, _ => 10_000L);
        var forgetful = bank with
        {
            Deployment = (SimulatedDeployment)bank.Deployment with
            {
                CreateNode = world => new RaftNode(world, () => new BankMachine(opening, true), new()),
            },
        };

        for (var seed = 0UL; seed < 60; seed++)
            if (DesignHunt.NotHeld(forgetful, Run(forgetful, seed)) is { Validity: Validity.Invalid })
                return;
        Assert.Fail("no seed of 60 told a customer no and paid all the same");
    }

    static WorldRun Run(Scenario scenario, ulong seed) =>
        new SimulatedWorld().Execute(scenario, PlanOf(scenario, seed), new(seed), RunControl.None);

    static FaultPlan PlanOf(Scenario scenario, ulong seed)
    {
        var random = new SeededRandom(new(seed), "doubling");
        string[] nodes = [.. scenario.Cluster.Nodes.Select(node => node.Name)];
        var end = scenario.Load.Duration - Second;
        var faults = new List<Fault> { Doubled(random, end) };
        for (var at = Second; at + Second < end; at += Second * (1 + random.NextDouble()))
            faults.Add(new PartitionFault
            {
                At = at, For = Second * 0.7, Groups = [[Fault.Leader], nodes],
            });
        for (var at = Second * 2; at + (Second * 2) < end; at += Second * 4)
            if (random.Chance(0.5))
                faults.Add(new CrashFault { At = at, For = Second, Nodes = [random.Choose(nodes)] });
        return new(faults);
    }

    static LinkFault Doubled(SeededRandom random, TimeSpan end) => new()
    {
        At = Second * 0.1,
        For = end - (Second * 0.1),
        Duplication = random.Chance(0.5) ? 1 : 0.3,
        Reordering = random.Chance(0.5) ? 0.2 : 0,
        Slowdown = random.Choose([1.0, 5.0, 20.0]),
    };
}
