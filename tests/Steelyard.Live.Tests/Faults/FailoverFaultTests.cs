using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Faults;

public sealed class FailoverFaultTests
{
    [Theory]
    [InlineData("single", "n2", "n2")]
    [InlineData("replicas", "n1", "n1 is no standby")]
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
            .ToList();

        Assert.Equal(["n2", "n3"], plans.SelectMany(plan => plan).OfType<FailoverFault>()
            .Select(fault => fault.To).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(plans, plan => plan.OfType<CutFault>().Any());
        Assert.Contains(plans, plan => !plan.OfType<CutFault>().Any());
    }

    static FaultPlan PlanOf(string to) => new([new FailoverFault { At = TimeSpan.FromSeconds(1), To = to }]);

    static Scenario ScenarioOf(string setup)
    {
        var design = LiveCatalogue.All.First(design => design.Name == "live postgres");
        return design.Build(new(
            design, new(), new Dictionary<string, string>(StringComparer.Ordinal) { ["config"] = setup }));
    }
}
