using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;

namespace Steelyard.Tests.Workers;

/// <summary>Whatever becomes of the process of a seed, the others are tried, and nothing that was finished is
/// lost.</summary>
public sealed class RoughWorkerTests
{
    [Fact]
    public void A_process_that_dies_costs_its_own_seed_alone()
    {
        var hunt = Hunted<DyingServices>("1..4");

        MustBeLostAlone(hunt, 3);
        Assert.EndsWith(" died (exit code 9)", hunt.FirstFailed!.Summary, StringComparison.Ordinal);
        Assert.Contains("the process that ran seed 0x3 of ", hunt.FirstFailed.Summary!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_prints_between_the_answers_costs_its_own_seed_alone()
    {
        var hunt = Hunted<PrintingServices>("1..4");

        MustBeLostAlone(hunt, 3);
        Assert.Contains(" wrote to its output what is no answer", hunt.FirstFailed!.Summary!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_hangs_ends_with_the_hunt_that_is_stopped()
    {
        using var stop = new CancellationTokenSource();

        var hunt = Hunted<HangingServices>("1..4", stop);

        Assert.True(hunt.IsPartial);
        Assert.Equal([1, 2], hunt.Seeds.Select(seed => seed.Seed.Value));
        Assert.All(hunt.Seeds, seed => Assert.Equal(Validity.Valid, seed.Validity));
        Assert.Equal(Validity.Unknown, hunt.Validity);
    }

    static void MustBeLostAlone(HuntResult hunt, ulong lost)
    {
        Assert.Equal([1, 2, 3, 4], hunt.Seeds.Select(seed => seed.Seed.Value));
        Assert.Equal(
            [lost], hunt.Seeds.Where(seed => seed.Failure is not null).Select(seed => seed.Seed.Value));
        Assert.Equal(3, hunt.Count(Validity.Valid));
        Assert.Equal(Validity.Unknown, hunt.Validity);
    }

    // One process after the other; what hangs is stopped once two seeds are done.
    static HuntResult Hunted<TScenario>(string seeds, CancellationTokenSource? stop = null)
        where TScenario : IServicesScenario
    {
        var tested = TestedScenario.Of(typeof(TScenario));
        return Hunt.Execute(
            new(() => tested.CreateWorld(), tested.Request, SeedRange.Parse(seeds))
            {
                KeepGoing = true,
                Workers = 1,
                Cancellation = stop?.Token ?? default,
                Progress = stop is null ? null : new StopAfterTwo(stop),
            });
    }

    sealed class StopAfterTwo(CancellationTokenSource stop) : IProgress<HuntProgress>
    {
        // Later, so that the third is on its way.
        public void Report(HuntProgress value)
        {
            if (value.Tried == 2)
                stop.CancelAfter(TimeSpan.FromMilliseconds(200));
        }
    }
}
