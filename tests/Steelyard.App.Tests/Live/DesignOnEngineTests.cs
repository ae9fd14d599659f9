using Steelyard.Histories;
using Steelyard.Live;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.App.Tests.Live;

/// <summary>Designs of the simulator whose data stand in real engines.</summary>
public sealed class DesignOnEngineTests
{
    [Theory]
    [InlineData("bank")]
    [InlineData("register")]
    public void A_design_on_an_engine_is_asked_and_held_to_what_it_is_simulated(string name)
    {
        var live = Build($"live {name}", new(), "etcd");
        var design = Named(name);
        var simulated = design.Build(new(design, new() { Nodes = 3 }));

        Assert.Equal(
            simulated.Load.CreateWorkload().GetType(), live.Load.CreateWorkload().GetType());
        Assert.Equal(
            simulated.Promises.Expectations.Select(checker => checker.GetType()),
            live.Promises.Expectations.Select(checker => checker.GetType()));
        Assert.Equal(
            simulated.Cluster.Nodes.Select(node => node.Name), live.Cluster.Nodes.Select(node => node.Name));
        Assert.NotEqual(simulated.Deployment.GetType(), live.Deployment.GetType());
    }

    [Theory]
    [InlineData("etcd")]
    [InlineData("redis")]
    [InlineData("postgres")]
    public void What_may_happen_to_an_engine_does_not_depend_on_what_it_is_asked(string on)
    {
        var bank = Build("live bank", new(), on);
        var setup = ((LiveDeployment)bank.Deployment).Setup;
        var design = Named($"live {on}");
        var itself = design.Build(new(design, new(), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["config"] = setup.Name,
        }));

        Assert.Equal(itself.OwnFaults, bank.OwnFaults);
        Assert.Equal(itself.Promises.Tolerance, bank.Promises.Tolerance);
        Assert.Equal(
            itself.Cluster.Nodes.Select(node => node.Abilities),
            bank.Cluster.Nodes.Select(node => node.Abilities));
    }

    [OnEngineFact("postgres")]
    public void A_bank_at_read_committed_loses_updates() =>
        Assert.Contains("total-conserved", Broken("live bank", "postgres-read-committed", rate: 300));

    [OnEngineFact("postgres")]
    public void A_bank_at_serializable_loses_none() =>
        Assert.Empty(Broken("live bank", "postgres", rate: 300));

    [OnEngineFact("etcd", IsLong = true)]
    public void A_bank_in_etcd_stands_a_member_that_is_cut_off() =>
        Assert.Empty(BrokenInItsStory("live bank", "etcd"));

    [OnEngineFact("redis", IsLong = true)]
    public void A_bank_in_Redis_loses_what_its_primary_was_told_after_the_cut() =>
        Assert.Contains("exactly-once", BrokenInItsStory("live bank", "redis"));

    [OnEngineFact("etcd", IsLong = true)]
    public void Registers_in_etcd_stand_a_member_that_is_cut_off() =>
        Assert.Empty(BrokenInItsStory("live register", "etcd"));

    [OnEngineFact("redis", IsLong = true)]
    public void Registers_in_Redis_are_not_linearizable_when_a_primary_is_cut_off() =>
        Assert.Contains("linearizable", BrokenInItsStory("live register", "redis"));

    static IReadOnlyList<string> Broken(string name, string on, double rate)
    {
        var scenario = Build(
            name, new() { Duration = TimeSpan.FromSeconds(3), RatePerSecond = rate }, on);
        return Broken(
            scenario with { Load = scenario.Load with { Settle = TimeSpan.FromMilliseconds(200) } },
            FaultPlan.None);
    }

    static IReadOnlyList<string> BrokenInItsStory(string name, string on)
    {
        var scenario = Build(name, new(), on);
        return Broken(scenario, scenario.StoryFaults);
    }

    // What was not found to hold, by the names of the promises.
    static IReadOnlyList<string> Broken(Scenario scenario, FaultPlan plan)
    {
        var run = EveryDesign.CreateWorld().Execute(scenario, plan, new Seed(1), RunControl.None);
        return
        [
            .. scenario.Promises.Expectations.Select(checker => checker.Check(run.History))
                .Where(verdict => verdict.Validity != Validity.Valid).Select(verdict => verdict.Checker),
        ];
    }

    static Scenario Build(string name, CommonOptions common, string on)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["on"] = on };
        return Named(name).Build(new(Named(name), common, options));
    }

    static IDesign Named(string name) =>
        EveryDesign.All.Concat(EveryDesign.Engines).First(design => design.Name == name);
}
