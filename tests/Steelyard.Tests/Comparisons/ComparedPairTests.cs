using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Comparisons;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Workers;

namespace Steelyard.Tests.Comparisons;

/// <summary>A run against a variant of it, over the same seeds.</summary>
public sealed class ComparedPairTests
{
    static RunRequest Shop => Architectures.Request("""
        users: { is: clients, rate: 50/s, to: api }
        api: { is: service, workers: 1, time: exp 10ms, price: 2 }
        """);

    [Fact]
    public void A_true_difference_is_told_with_its_sign_and_an_interval_that_holds_it()
    {
        // M/M/1 and M/M/2 at half an erlang: 20 ms and 10.67 ms.
        var pair = Compare(Shop, "api.workers=2");

        var mean = pair.All.Single(one => one.Aim.Id == "latency-mean").Compared;
        Assert.Equal(Standing.Better, mean.Standing);
        Assert.True(mean.Difference.Holds(10.67 - 20), $"{mean.Difference}");
        Assert.Matches(
            @"^with api\.workers=2: mean latency [0-9.]+ to [0-9.]+ ms lower \(8 seeds\)$",
            ComparedPair.Sentence(mean));
    }

    [Fact]
    public void The_other_way_about_it_is_told_with_the_other_sign()
    {
        var pair = Compare(Shop, "api.workers=2");
        var back = Compare(pair.Second.Point.Run, "api.workers=1");

        var (there, here) = (MeanOf(pair), MeanOf(back));
        Assert.Equal(there.Difference.Low, -here.Difference.High, 9);
        Assert.Contains(" ms higher (8 seeds)", ComparedPair.Sentence(here), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_against_itself_shows_no_difference_at_anything()
    {
        var pair = Compare(Shop, "api.workers=1");

        Assert.All(pair.All, one => Assert.Equal(Standing.Same, one.Compared.Standing));
        Assert.Empty(pair.DifferentBesides);
        Assert.All(pair.Headline, compared => Assert.Contains(
            "no difference shown", ComparedPair.Sentence(compared), StringComparison.Ordinal));
    }

    [Fact]
    public void What_an_interval_around_nothing_shows_is_no_difference()
    {
        // Who is next changes nobody's mean wait.
        var pair = Compare(Shop, "api.order=lifo");

        Assert.Equal(Standing.CannotTell, MeanOf(pair).Standing);
        Assert.Matches(@"no difference shown \(-[0-9.]+ to [0-9.]+ ms\) \(8 seeds\)$",
            ComparedPair.Sentence(MeanOf(pair)));
    }

    [Fact]
    public void Cost_is_compared_too()
    {
        var cost = Compare(Shop, "api.price=3").Headline.Single(one => one.What == "cost");

        Assert.Equal(1, cost.Difference.Estimate, 9);
        Assert.Equal(Standing.Worse, cost.Standing);
    }

    [Theory]
    [InlineData("api.workers", "--against: expected name=value such as rate=20, found \"api.workers\"")]
    [InlineData("api.wrkers=2", "--against: shop has no option api.wrkers; did you mean \"api.workers\"?")]
    [InlineData("api.workers=0", "--against api.workers: expected a whole number from 1 to")]
    public void What_is_no_variant_is_refused_in_one_line(string setting, string told)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Variant.Of(Shop, [setting]));

        Assert.StartsWith(told, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mistake.Message);
    }

    static PairedComparison MeanOf(ComparedPair pair) =>
        pair.All.Single(one => one.Aim.Id == "latency-mean").Compared;

    static ComparedPair Compare(RunRequest what, string setting) => ComparedPair.Of(
        new(new SeedRange(1, 8)) { WorldFor = _ => new EveryWorld() }, Variant.Of(what, [setting]), what);
}
