using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Faults;

public sealed class FailoverFaultTests
{
    [Theory]
    [InlineData("single", "n2", "n2")]
    [InlineData("replicas", "n9", "expected one of n1, n2, n3")]
    public void What_cannot_be_promoted_is_refused_in_one_line(string setup, string to, string why)
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => FaultPlanCheck.Check(PlanOf(to), ScenarioOf(setup)));

        Assert.Contains(why, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_standby_can_be_promoted() => FaultPlanCheck.Check(PlanOf("n3"), ScenarioOf("replicas"));

    [Fact]
    public void A_nemesis_promotes_each_standby_sometimes_and_cuts_it_off_before_sometimes()
    {
        var scenario = ScenarioOf("replicas");
        var plans = Enumerable.Range(1, 40)
            .Select(seed => Nemesis.Plan(
                FaultPalette.Of(FailoverFault.Defined), scenario, new Seed((ulong)seed)).Faults)
            .Where(plan => !plan.Any(fault => fault.For is not null && fault is FailoverFault))
            .ToList();

        Assert.Equal(["n2", "n3"], plans.SelectMany(plan => plan).OfType<FailoverFault>()
            .Select(fault => fault.To).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(plans, plan => plan.OfType<CutFault>().Any());
        Assert.Contains(plans, plan => !plan.OfType<CutFault>().Any());
    }

    [Fact]
    public void A_sentinel_promotes_the_heir_alone()
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => FaultPlanCheck.Check(PlanOf("n1"), ScenarioOf("sentinel", "redis")));

        Assert.Contains("n1 is no standby", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nemesis_lets_the_first_primary_come_back_and_lead_again_sometimes()
    {
        var scenario = ScenarioOf("replicas");
        var plans = Enumerable.Range(1, 40)
            .Select(seed => Nemesis.Plan(
                FaultPalette.Of(FailoverFault.Defined), scenario, new Seed((ulong)seed)))
            .ToList();

        var back = plans.First(plan => plan.Faults.OfType<FailoverFault>().Any(fault => fault.To == "n1"));
        Assert.Equal(2, back.Faults.Count);
        Assert.All(plans, plan => FailoverOrder.Check(plan, "n1"));
    }

    [Theory]
    [InlineData("n1", null, "n1, which leads then")]
    [InlineData("n3", null, null)]
    [InlineData("n3", 2, "n1, which was given up before and is not back")]
    [InlineData("n3", 4, null)]
    public void Whoever_leads_or_is_gone_is_not_promoted(string first, int? second, string? why)
    {
        List<Fault> faults =
            [new FailoverFault { At = Seconds(1), For = second is null ? null : Seconds(2), To = first }];
        if (second is { } at)
            faults.Add(new FailoverFault { At = Seconds(at), To = "n1" });

        var mistake = Record.Exception(() => FailoverOrder.Check(new(faults), "n1"));

        Assert.Equal(why is null, mistake is null);
        Assert.Contains(why ?? "", mistake?.Message ?? "", StringComparison.Ordinal);
    }

    static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

    static FaultPlan PlanOf(string to) => new([new FailoverFault { At = TimeSpan.FromSeconds(1), To = to }]);

    static Scenario ScenarioOf(string setup, string engine = "postgres")
    {
        var design = LiveCatalogue.All.First(design => design.Name == $"live {engine}");
        return design.Build(new(
            design, new(), new Dictionary<string, string>(StringComparer.Ordinal) { ["config"] = setup }));
    }
}
