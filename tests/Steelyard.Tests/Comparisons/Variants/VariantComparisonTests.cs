using System.Text;
using System.Text.RegularExpressions;
using Steelyard.Comparisons;
using Steelyard.Comparisons.Variants;
using Steelyard.Designs;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Sweeps;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Comparisons.Variants;

public sealed partial class VariantComparisonTests
{
    static readonly SeedRange s_seeds = new(1, 3);

    [Fact]
    public void Variants_are_judged_over_the_same_seeds_and_told_what_is_known_of_them()
    {
        var comparison = Compare("bank", "replication", "raft", "async");

        Assert.Equal(["raft", "async"], comparison.Variants.Select(one => one.Name));
        var (raft, alone) = (comparison.Variants[0], comparison.Variants[1]);
        Assert.Equal("all 5 promises held in 3 of 3 seeds", raft.Verdict);
        Assert.StartsWith("no-overdraft broken in ", alone.Verdict, StringComparison.Ordinal);
        Assert.Equal("raft kept every promise in every seed; async did not.", comparison.Headline);
        Assert.Contains("Gilbert and Lynch", alone.Known!.Source, StringComparison.Ordinal);
        Assert.Equal(Validity.Invalid, comparison.Validity);
        Assert.All(
            comparison.Variants,
            one => Assert.Equal([1UL, 2, 3], one.Point.Runs.Select(run => run.Seed.Value)));
    }

    [Fact]
    public void The_first_seed_that_broke_a_promise_breaks_it_when_run_alone()
    {
        var comparison = Compare("bank", "replication", "raft", "async");

        var variant = comparison.Variants[1];
        var tally = variant.NotHeld.First();
        var run = Run.Execute(
            variant.Point.Point.Run.With(tally.First!.Value), new EveryWorld(), RunControl.None);

        Assert.Contains(
            run.Verdicts,
            verdict => verdict.Checker == tally.Promise && verdict.Validity == Validity.Invalid);
    }

    [Fact]
    public void Every_cell_of_the_page_opens_a_run_that_is_there()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var comparison = Compare("bank", "replication", "raft", "async");
            using var page = new MemoryStream();

            new VariantPage(comparison, VariantRuns.Write(folder, comparison)).Write(page);

            var html = Encoding.UTF8.GetString(page.ToArray());
            var links = Link().Matches(html).Select(link => link.Groups["page"].Value).ToList();
            Assert.Equal(
                comparison.Variants.Count * (comparison.Promises.Count + comparison.Figures.Count),
                links.Count);
            Assert.All(links, link => Assert.True(File.Exists(Path.Combine(folder, link)), link));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_the_design_refuses_is_told_and_the_rest_is_compared()
    {
        var what = Request("register", ("replication", "quorum"), ("n", "2"));
        var variation = new Variation("r", ["2", "3"]) { Written = "2,3" };
        var result = Runs().Execute(what, SweepPoints.Of(what, [variation]));

        Assert.Single(new VariantComparison(result, "").Variants);
        Assert.Single(result.Refused);
    }

    [Theory]
    [InlineData("1", "1", false, "Eventual")]
    [InlineData("1", "3", false, "Regular, not linearizable")]
    [InlineData("2", "2", false, "Regular, not linearizable")]
    [InlineData("2", "2", true, "Linearizable")]
    [InlineData("3", "1", true, "Reads meet writes, but two writes need not meet")]
    public void What_is_known_of_quorums_follows_from_their_sizes(
        string read, string write, bool writesBack, string known)
    {
        var request = Request(
            "register", ("replication", "quorum"), ("n", "3"), ("r", read), ("w", write),
            ("write-back", writesBack ? "true" : "false"));

        Assert.StartsWith(
            known, request.Design.KnownOf(request.Options)!.Sentence, StringComparison.Ordinal);
    }

    static VariantComparison Compare(string design, string option, params string[] values)
    {
        var what = Request(design);
        var variation = new Variation(option, values) { Written = string.Join(',', values) };
        return new(Runs().Execute(what, SweepPoints.Of(what, [variation])), "again");
    }

    static SeededRuns Runs() => new(s_seeds) { WorldFor = _ => new EveryWorld() };

    static RunRequest Request(string design, params (string Name, string Value)[] options)
    {
        var found = Catalogue.All.First(one => one.Name == design);
        var common = new CommonOptions { Duration = TimeSpan.FromSeconds(12) };
        return RunRequest.Of(
            found,
            new(
                found, common,
                options.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal)),
            FaultChoice.Story, RunSpec.DefaultSeed);
    }

    [GeneratedRegex(
        "<a href=\"(?<page>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
