using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.App.Tests.Live;

/// <summary>The payments service from its one definition: simulated hosts on a simulated database, and
/// processes on PostgreSQL.</summary>
public sealed class LivePaymentsTests
{
    // While the database stands still everybody asks the other host as well, and then both go on.
    const string Standstill =
        """
        kind: faults
        faults:
          - fault: pause
            at: 1s
            for: 800ms
            nodes: [ledger-db]
        """;

    const string Planted = "key-after-effect";
    const string Right = "key-with-effect";

    [Theory]
    [InlineData(Planted, 1)]
    [InlineData(Right, 0)]
    public void A_payment_is_charged_twice_in_the_services_world_where_its_key_comes_after_it(
        string variant, int code)
    {
        using var steelyard = new SteelyardProcess();
        File.WriteAllText(Path.Combine(steelyard.Folder, "plan.yaml"), Standstill);

        var run = steelyard.Run(
            "run", "payments", "--variant", variant, "--faults", "plan.yaml", "--duration", "3s", "--rate",
            "100", "--clients", "30", "--out", "r");

        Assert.Equal(code, run.Code);
        if (code == 1)
            Assert.Contains("INVALID exactly-once", run.Output, StringComparison.Ordinal);
    }

    // Who is first when the database goes on is the machine's: on a busy one a run may charge nobody twice.
    [OnEngineFact("postgres")]
    public void A_payment_is_charged_twice_on_PostgreSQL_where_its_key_comes_after_it() => Assert.Contains(
        Enumerable.Range(1, 3), seed => ExactlyOnce(Planted, seed) == Validity.Invalid);

    [OnEngineFact("postgres")]
    public void A_payment_is_charged_once_on_PostgreSQL_where_its_key_comes_with_it() =>
        Assert.Equal(Validity.Valid, ExactlyOnce(Right, seed: 1));

    [OnEngineFact("postgres", IsLong = true)]
    public void Hosts_killed_between_a_payment_and_its_key_charge_twice_on_PostgreSQL() =>
        Assert.Equal(Validity.Invalid, ExactlyOnceInItsStory(Planted));

    [OnEngineFact("postgres", IsLong = true)]
    public void Hosts_killed_in_a_transaction_of_both_charge_once_on_PostgreSQL() =>
        Assert.Equal(Validity.Valid, ExactlyOnceInItsStory(Right));

    static Validity ExactlyOnce(string variant, int seed)
    {
        var scenario = Build(variant, new()
        {
            Duration = TimeSpan.FromSeconds(3), RatePerSecond = 100, Clients = 30,
        });
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Standstill);
        var plan = FaultPlanFile.Read(file, scenario);
        File.Delete(file);
        // No process has to come back.
        return Judge(
            scenario with { Load = scenario.Load with { Settle = TimeSpan.FromMilliseconds(500) } }, plan,
            seed);
    }

    static Validity ExactlyOnceInItsStory(string variant)
    {
        var scenario = Build(variant, new());
        return Judge(scenario, scenario.StoryFaults, seed: 1);
    }

    static Scenario Build(string variant, CommonOptions common)
    {
        var design = EveryDesign.Engines.First(design => design.Name == "live payments");
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["variant"] = variant };
        return design.Build(new(design, common, options));
    }

    static Validity Judge(Scenario scenario, FaultPlan plan, int seed)
    {
        var run = EveryDesign.CreateWorld().Execute(scenario, plan, new Seed((ulong)seed), RunControl.None);
        Assert.Contains(run.History.Faults, fault => fault.HadEffect == true);
        return scenario.Promises.Expectations[0].Check(run.History).Validity;
    }
}
