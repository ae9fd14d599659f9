using Steelyard.Report;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Report;

/// <summary>Pages of named systems, where they differ from others.</summary>
public sealed class SystemPageTests
{
    [Fact]
    public void A_job_shows_how_far_it_came_and_stands_still_while_it_is_down()
    {
        var run = Run("batch-job", TimeSpan.FromMinutes(4), ("records", "20000"), ("crash-at", "30s"));
        var page = RunReport.Of(run, [], null);
        var progress = page.Progress!;

        Assert.Equal(20_000, progress.Due);
        Assert.Equal(20_000, progress.Done[^1]);
        Assert.Equal(progress.Done.Order(), progress.Done);
        Assert.Equal(
            20_000, progress.PerSecond.Sum() * progress.WindowSeconds, 20_000 * 0.001);
        var crash = Assert.Single(page.Faults);
        var (from, to) = (At(crash.Start + (2 * progress.WindowSeconds)), At(crash.End));
        Assert.Equal(progress.Done[from], progress.Done[to - 1]);
        Assert.True(progress.Done[from] > 5_000);
        Assert.Contains(new FactData("job", "20,000 records"), page.Facts);

        int At(double seconds) => (int)(seconds / progress.WindowSeconds);
    }

    [Fact]
    public void What_is_due_over_time_has_a_timeline_and_no_progress() =>
        Assert.Null(RunReport.Of(ShopRuns.Run(), [], null).Progress);

    [Fact]
    public void Calls_one_after_the_other_to_the_same_part_are_one_arrow_with_their_sum()
    {
        var data = ArchitectureParts.Of(
            Run("catalog", TimeSpan.FromSeconds(5), ("serve", "database")))!;
        var queries = Assert.Single(
            data.Calls, call => call is { From: "site", To: "store" } && call.Traits.Contains("reads"));

        Assert.Contains("5 in turn", queries.Traits);
        Assert.InRange(queries.PerSecond, 4 * 600, 5 * 1_300);
    }

    [Fact]
    public void What_to_try_next_is_named_but_for_what_was_run()
    {
        var usual = RunCommand.Next(Run("fraud", TimeSpan.FromSeconds(1))).ToList();
        var alone = RunCommand.Next(Run("fraud", null, ("batch", "1"))).ToList();

        Assert.Equal("steelyard run fraud --batch 1", usual[0].Command);
        Assert.DoesNotContain(usual[0], alone);
        Assert.Equal(usual.Count - 1, alone.Count);
    }

    static RunResult Run(string name, TimeSpan? duration, params (string Name, string Value)[] options)
    {
        var design = Steelyard.Designs.Catalogue.Find(name);
        var given = options.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
        var read = new DesignOptions(design, new CommonOptions { Duration = duration }, given);
        return Steelyard.Runs.Run.Execute(
            RunRequest.Of(design, read, FaultChoice.Story, new Seed(1)), new SimulatedWorld(),
            RunControl.None);
    }
}
