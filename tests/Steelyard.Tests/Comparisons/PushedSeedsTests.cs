using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Comparisons;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Workers;

namespace Steelyard.Tests.Comparisons;

/// <summary>How many seeds come back after a push.</summary>
public sealed class PushedSeedsTests
{
    static readonly (string Name, string Value)[] s_kick =
        [("kick", "refuse"), ("kick-size", "1"), ("kick-at", "5s"), ("kick-for", "5s")];

    // Three retries at once of what takes two servers of five workers 100 ms.
    static RunRequest Storm(params IEnumerable<(string Name, string Value)> options) =>
        Architectures.Request(
            """
            clients: {is: clients, rate: 70/s, calls: [{to: server, timeout: 1s, retries: 3}]}
            server: {is: service, instances: 2, workers: 5, time: exp 100ms}
            """, "link: 0s\nslo: 5s",
            [.. s_kick.Where(one => !options.Any(other => other.Name == one.Name)), .. options]);

    [Fact]
    public void A_storm_that_does_not_end_is_counted_with_its_interval_and_so_are_its_defences()
    {
        var pushed = PushedSeeds.Of(Runs(1, 4), Storm());

        var asItIs = pushed.Shares[0];
        Assert.Equal(4, asItIs.Seeds);
        Assert.Equal(WilsonInterval.Of(asItIs.Recovers, 4), asItIs.Share);
        Assert.True(asItIs.Metastable >= 3, asItIs.Sentence);
        var budget = pushed.Shares.Single(share => share.Name == "a retry budget of 10 %");
        Assert.Equal(4, budget.Recovers);
        Assert.Equal(
            "With a retry budget of 10 %: 4 of 4 seeds recover, 100 % (95 %: 51 % to 100 %); 0 degraded, 0"
            + " metastable", budget.Sentence);
    }

    [Fact]
    public void Where_all_seeds_come_back_no_defence_is_tried()
    {
        var pushed = PushedSeeds.Of(Runs(1, 3), Storm(("clients.server.retries", "0")));

        Assert.Equal(3, Assert.Single(pushed.Shares).Recovers);
    }

    [Fact]
    public void Seeds_without_a_push_and_without_a_variant_are_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => PushedSeeds.Of(Runs(1, 3), Storm(("kick", "none"))));

        Assert.StartsWith("--seeds: expected --against or a push (--kick) with it", mistake.Message,
            StringComparison.Ordinal);
    }

    static SeededRuns Runs(ulong first, ulong last) =>
        new(new SeedRange(first, last)) { WorldFor = _ => new EveryWorld() };
}
