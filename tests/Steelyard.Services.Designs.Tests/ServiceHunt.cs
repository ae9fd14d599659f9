using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Tests;

/// <summary>A hunt in a variant of a service, in processes that serve one hunt after the other: to start one
/// and to compile in it what it runs costs more than the hunt. What a run is must not depend on those before
/// it, so each hunt is a test of that as well.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Variant">Which variant of it.</param>
internal sealed record ServiceHunt(string Service, string Variant)
{
    /// <summary>What breaks.</summary>
    public FaultChoice Faults { get; init; } = FaultChoice.Story;

    /// <summary>What differs of what every design takes.</summary>
    public CommonOptions Common { get; init; } = new();

    /// <summary>Whether more is to be tried than in the everyday suite.</summary>
    public static bool IsLong { get; } =
        Environment.GetEnvironmentVariable("STEELYARD_LONG") is { Length: > 0 };

    /// <summary>What is run, but for the seed.</summary>
    public RunRequest Request
    {
        get
        {
            var design = new AnyService();
            var options = new DesignOptions(design, Common, new Dictionary<string, string>
            {
                [AnyService.Service] = Service,
                [AnyService.Variant] = Variant,
            });
            return RunRequest.Of(
                design, options, Faults, RunSpec.DefaultSeed, typeof(AnyService).Assembly.Location);
        }
    }

    /// <summary>Hunts.</summary>
    public HuntResult Execute(SeedRange seeds) => Hunt.Execute(new(CreateWorld, Request, seeds));

    /// <summary>Runs it once, with seed 1, under a plan.</summary>
    public WorldRun Run(FaultPlan plan)
    {
        using var world = CreateWorld();
        return world.Execute(Request.Build(), plan, RunSpec.DefaultSeed, RunControl.None);
    }

    /// <summary>Hunts for anything but a promise that held, the undecided included.</summary>
    public void MustHold(SeedRange seeds)
    {
        var found = Execute(seeds).Seeds.Where(seed => seed.Validity != Validity.Valid)
            .Select(seed => $"{Service} {Variant}, seed {seed.Seed}: {seed.Checker}: {seed.Summary}");

        Assert.Empty(found);
    }

    /// <summary>The same, as small as it can be for the time limits of its promises.</summary>
    public ServiceHunt Small() => this with
    {
        Common = Service switch
        {
            "presence" => new() { Clients = 22, Duration = TimeSpan.FromSeconds(12) },
            "web-tier" => new() { Duration = TimeSpan.FromSeconds(12) },
            "rate-limit" => new() { Duration = TimeSpan.FromSeconds(8) },
            "orders" or "cart" => new() { Duration = TimeSpan.FromSeconds(5) },
            _ => new() { Duration = TimeSpan.FromSeconds(10) },
        },
    };

    WorkerWorld CreateWorld() =>
        new(WorkerCommand.WithPackagesOf(typeof(AnyService).Assembly.Location), Request.Spec)
        {
            SharesProcesses = true,
        };
}
