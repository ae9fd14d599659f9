using Steelyard.Analysis.Effects;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;
using Steelyard.Worlds.Faults;

namespace Bakery.Tests;

/// <summary>The same with one setting changed: a test that cannot fail shows nothing.</summary>
public sealed class CarelessOvens : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .AddDatabase("bakery-db")
        .AddHost("bakery-1", args => Program.CreateApp([.. args, "--Careless=true"]))
        .AddHost("bakery-2", args => Program.CreateApp([.. args, "--Careless=true"]))
        .Faults(FaultPalette.Crash)
        .Drive(Drive.Http("bake", op => op.Post("/loaves").Json(new Loaf(op.Id)).IdempotencyKey().Retry())
            .FinalRows("SELECT id FROM loaves"))
        .Expect(new ExactlyOnce("bake"));
}

public sealed class CarelessBakery
{
    [Fact]
    public void Without_keys_a_crash_bakes_a_second_loaf()
    {
        var told = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<CarelessOvens>(seeds: 1..20)).Message;

        // As the README of the package says it.
        Assert.Matches(
            "^CarelessOvens, seed [0-9]+: exactly-once: bake o[0-9]+ took effect twice at bakery-db", told);
        Assert.Contains("\nmeanwhile: crash: bakery-", told, StringComparison.Ordinal);
        Assert.Contains("\nits page: ", told, StringComparison.Ordinal);
    }
}
