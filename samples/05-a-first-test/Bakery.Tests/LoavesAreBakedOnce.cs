using Steelyard.Analysis.Effects;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;
using Steelyard.Worlds.Faults;

namespace Bakery.Tests;

public sealed class TwoOvens : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .AddDatabase("bakery-db")
        .AddHost("bakery-1", args => Program.CreateApp(args))
        .AddHost("bakery-2", args => Program.CreateApp(args))
        .Faults(FaultPalette.Crash)
        .Drive(Drive.Http("bake", op => op.Post("/loaves").Json(new Loaf(op.Id)).IdempotencyKey().Retry())
            .FinalRows("SELECT id FROM loaves"))
        .Expect(new ExactlyOnce("bake"));
}

public sealed class LoavesAreBakedOnce
{
    [Fact]
    public void Whatever_crashes_each_loaf_is_baked_once() => ServicesTest.Run<TwoOvens>(seeds: 1..20);
}
