using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories;
using Steelyard.Sweeps;

namespace Steelyard.Tests.Sweeps;

public sealed class SweepTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sweep_is_the_same_whatever_the_number_of_workers()
    {
        var request = Swept.Request("forgetful=false,true rate=20,60", "p99:min availability:max");

        var alone = Swept.Execute(request with { Workers = 1 }, Sub("alone"));
        var many = Swept.Execute(request with { Workers = 5 }, Sub("many"));

        Assert.Equal(SweepCsv.Of(alone), SweepCsv.Of(many));
        Assert.Equal(12, alone.Runs);
        Assert.False(alone.IsPartial);
    }

    [Fact]
    public void A_broken_promise_is_told_at_its_point_and_its_twin_holds()
    {
        var result = Swept.Execute(Swept.Request("forgetful=false,true", "p99:min"), Sub("a"));

        Assert.Equal([Validity.Valid, Validity.Invalid], result.Points.Select(point => point.Validity));
        Assert.Equal(Validity.Invalid, result.Validity);
        Assert.Matches(
            @"^broke in \d of 3 runs: linearizable: ", SweepWords.Verdict(result.Points[1]));
        Assert.Contains(
            "Of one point that kept every promise forgetful=false is on the frontier",
            SweepWords.Notes(result).Select(note => note.Replace(" false ", " forgetful=false ",
                StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_done_is_not_done_again_and_more_seeds_go_on()
    {
        var (request, done) = (Swept.Request("rate=20,60", "p99:min"), new Counted());
        var folder = Sub("a");
        Swept.Execute(request, folder);

        var again = Swept.Execute(request with { Progress = done }, folder);
        Assert.Equal((0, 6), (done.Count, again.Runs));

        var more = Swept.Execute(
            request with { Progress = done, Seeds = SeedPlan.Fixed(new(1, 5)) }, folder);
        Assert.Equal((4, 10), (done.Count, more.Runs));
        Assert.Equal(
            SweepCsv.Of(more),
            SweepCsv.Of(Swept.Execute(
                request with { Seeds = SeedPlan.Fixed(new(1, 5)) }, Sub("b"))));
    }

    [Fact]
    public void A_last_line_that_a_kill_has_torn_is_done_again()
    {
        var (request, done) = (Swept.Request("rate=20,60", "p99:min"), new Counted());
        var folder = Sub("a");
        var whole = Swept.Execute(request, folder);
        var file = Path.Combine(folder, SweepStore.FileName);
        File.WriteAllText(file, File.ReadAllText(file)[..^40]);

        var again = Swept.Execute(request with { Progress = done }, folder);

        Assert.Equal(1, done.Count);
        Assert.Equal(SweepCsv.Of(whole), SweepCsv.Of(again));
        Assert.Equal(7, File.ReadAllLines(file).Length);
    }

    [Fact]
    public void Runs_of_another_sweep_are_refused_in_one_line()
    {
        var folder = Sub("a");
        Swept.Execute(Swept.Request("rate=20,60", "p99:min"), folder);

        var mistake = Assert.Throws<UserMistakeException>(
            () => Swept.Execute(Swept.Request("rate=20,61", "p99:min"), folder));

        Assert.EndsWith(
            "runs.jsonl: expected runs of this sweep, found --vary rate=20,60; --out with another folder"
            + " keeps both", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\n", "runs.jsonl:1: expected a line that a sweep wrote, found \"nonsense\"")]
    [InlineData("{}\n", "expected runs of this sweep, found no sweep; --out with another folder keeps both")]
    public void A_file_that_is_none_is_refused_in_one_line(string text, string line)
    {
        var folder = Sub("a");
        File.WriteAllText(Path.Combine(folder, SweepStore.FileName), text);

        Assert.EndsWith(
            line,
            Assert.Throws<UserMistakeException>(
                () => Swept.Execute(Swept.Request("rate=20", "p99:min"), folder)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_objective_that_nobody_measures_is_told_after_the_first_run_which_is_kept()
    {
        var (folder, done) = (Sub("a"), new Counted());
        var request = Swept.Request("rate=20..80:10", "p98:min") with { Workers = 1, Progress = done };

        var mistake = Assert.Throws<UserMistakeException>(() => Swept.Execute(request, folder));

        Assert.StartsWith(
            "--objective: expected something that these runs measure (operations, requests-due, ",
            mistake.Message, StringComparison.Ordinal);
        Assert.EndsWith("found \"p98\"; did you mean \"p95\"?", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(folder, SweepStore.FileName)).Length);
        var right = Swept.Request("rate=20..80:10", "p99:min") with { Progress = done };
        Assert.Equal(21, Swept.Execute(right, folder).Runs);
        Assert.Equal(20, done.Count);
    }

    [Fact]
    public void One_that_runs_have_now_and_then_is_told_once_every_point_had_its_turn() => Assert.Contains(
        "found \"availability-minority\"",
        Assert.Throws<UserMistakeException>(() => Swept.Execute(
            Swept.Request("rate=20,60", "availability-minority:max"), Sub("a"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_is_neither_better_large_nor_small_needs_a_way() => Assert.Equal(
        "--objective operations: expected operations:min or operations:max, since neither is better by"
        + " itself",
        Assert.Throws<UserMistakeException>(() => Swept.Execute(
            Swept.Request("rate=20,60", "operations"), Sub("a"))).Message);

    [Fact]
    public void A_point_is_repeated_until_its_interval_is_narrow_and_no_longer()
    {
        var seeds = SeedPlan.Until(new PrecisionRule(0.1, Least: 3, Most: 40));
        var result = Swept.Execute(Swept.Request("rate=20,200", "throughput:max", seeds), Sub("a"));

        Assert.All(result.Points, point =>
        {
            Assert.True(point.IsPrecise);
            Assert.InRange(point.Interval("throughput")!.RelativeHalfWidth, 0, 0.1);
        });
        Assert.True(result.Points[0].Runs.Count > result.Points[1].Runs.Count);
        Assert.InRange(result.Points[0].Runs.Count, 4, 39);
        Assert.Equal(Validity.Valid, result.Validity);
    }

    [Fact]
    public void One_that_is_not_narrow_after_the_most_seeds_is_unknown()
    {
        var seeds = SeedPlan.Until(new PrecisionRule(0.001, Least: 2, Most: 4));
        var result = Swept.Execute(Swept.Request("rate=20", "throughput:max", seeds), Sub("a"));

        Assert.False(result.Points[0].IsPrecise);
        Assert.Equal(4, result.Points[0].Runs.Count);
        Assert.Equal(Validity.Unknown, result.Validity);
        Assert.Contains(
            "At one point intervals are wider than ±0.1 % after 4 seeds: unknown to that precision",
            SweepWords.Notes(result));
    }

    [Fact]
    public void A_sweep_that_is_stopped_keeps_what_it_has_and_says_so()
    {
        using var source = new CancellationTokenSource();
        var done = new Counted { After = 3, Then = source.Cancel };
        var request = Swept.Request("rate=20..80:10", "p99:min") with
        {
            Workers = 1, Progress = done, Cancellation = source.Token,
        };

        var result = Swept.Execute(request, Sub("a"));

        Assert.True(result.IsPartial);
        Assert.Equal(3, result.Runs);
        Assert.Equal(Validity.Unknown, result.Validity);
        Assert.Contains(
            "The sweep was stopped before its end; the same command goes on where it stopped",
            SweepWords.Notes(result));
    }

    [Fact]
    public void A_system_that_is_offered_more_than_it_can_do_is_told_and_its_twin_is_not()
    {
        // One client, each request takes it some milliseconds.
        var result = Swept.Execute(
            Swept.Request("rate=20,2000 clients=1 faults=none", "throughput:max"), Sub("a"));

        Assert.All(result.Points[0].Runs, run => Assert.Null(run.Unstable));
        Assert.All(result.Points[1].Runs, run => Assert.StartsWith(
            "it is offered more than it can do: ", run.Unstable, StringComparison.Ordinal));
    }

    string Sub(string name) => Directory.CreateDirectory(_folder.File(name)).FullName;

    sealed class Counted : IProgress<SweepProgress>
    {
        int _count;

        public int Count => _count;

        public int After { get; init; } = int.MaxValue;

        public Action? Then { get; init; }

        public void Report(SweepProgress value)
        {
            if (Interlocked.Increment(ref _count) == After)
                Then!();
        }
    }
}
