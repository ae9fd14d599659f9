using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Hunts;

public sealed class HuntTests
{
    static readonly DesignOptions Forgetful = TinyRegister.With(("forgetful", "true"));

    [Fact]
    public void The_first_broken_seed_is_the_same_whatever_the_number_of_workers()
    {
        var all = Hunt.Execute(Request(Forgetful, "1..40") with { KeepGoing = true, Workers = 1 });
        var first = all.Seeds.First(seed => seed.Validity == Validity.Invalid);

        foreach (var workers in new[] { 1, 2, 5 })
        {
            var result = Hunt.Execute(Request(Forgetful, "1..40") with { Workers = workers });
            Assert.Equal(first, result.FirstInvalid);
            Assert.Equal(first, result.Seeds[^1]);
        }
    }

    [Fact]
    public void The_right_design_is_never_broken()
    {
        var result = Hunt.Execute(Request(TinyRegister.With(), "1..40"));

        Assert.Null(result.FirstInvalid);
        Assert.Equal(40, result.Seeds.Count);
        Assert.False(result.IsPartial);
    }

    [Fact]
    public void A_seed_gives_what_it_gives_alone()
    {
        var up = Hunt.Execute(Request(Forgetful, "1..20") with { KeepGoing = true, Workers = 3 });
        var down = Hunt.Execute(Request(Forgetful, "20..1") with { KeepGoing = true, Workers = 1 });

        Assert.Equal(up.Seeds, down.Seeds.Reverse());
        foreach (var seed in up.Seeds.Take(3))
            Assert.Equal([seed], Hunt.Execute(
                Request(Forgetful, seed.Seed.ToString()) with { KeepGoing = true }).Seeds);
    }

    [Fact]
    public void A_hunt_that_is_stopped_says_so()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        var result = Hunt.Execute(Request(Forgetful, "1..20") with { Cancellation = source.Token });

        Assert.True(result.IsPartial);
        Assert.Empty(result.Seeds);
    }

    [Fact]
    public void A_seed_that_throws_is_told_and_the_others_are_tried()
    {
        var result = Hunt.Execute(Throwing(3) with { KeepGoing = true });

        Assert.Equal((5, false), (result.Seeds.Count, result.IsPartial));
        Assert.Equal(new Seed(3), result.FirstFailed?.Seed);
        Assert.Equal("FormatException: odd", result.FirstFailed?.Summary);
        Assert.Equal(Validity.Unknown, result.FirstFailed?.Validity);
        Assert.Equal([3UL], result.Seeds.Where(seed => seed.Failure is not null).Select(s => s.Seed.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_seed_that_throws_ends_a_hunt_that_does_not_keep_going(int workers)
    {
        var result = Hunt.Execute(Throwing(3) with { Workers = workers });

        Assert.Equal(new Seed(3), result.FirstFailed?.Seed);
        Assert.Equal([1, 2, 3], result.Seeds.Select(seed => seed.Seed.Value));
    }

    [Fact]
    public void A_mistake_of_the_user_is_the_whole_hunts()
    {
        var hunt = new HuntRequest(
            () => new OddWorld(3, new UserMistakeException("odd.yaml:1:1: odd")),
            Request(Forgetful, "1..5").Run, SeedRange.Parse("1..5"));

        Assert.Throws<UserMistakeException>(() => Hunt.Execute(hunt with { KeepGoing = true }));
    }

    [Fact]
    public void A_seed_that_takes_too_many_events_is_undecided_and_the_hunt_goes_on()
    {
        var busy = new DesignOptions(
            new TinyRegister(), new() { RatePerSecond = 600 },
            new Dictionary<string, string>(StringComparer.Ordinal));
        var request = new HuntRequest(
            () => new ShortOfEvents(2),
            RunRequest.Of(new TinyRegister(), busy, FaultChoice.None, RunSpec.DefaultSeed),
            SeedRange.Parse("1..3"));

        var result = Hunt.Execute(request with { KeepGoing = true });

        Assert.False(result.IsPartial);
        Assert.Equal(
            [Validity.Valid, Validity.Unknown, Validity.Valid], result.Seeds.Select(seed => seed.Validity));
        Assert.Equal("event-budget", result.Seeds[1].Checker);
        Assert.Contains("% were ", result.Seeds[1].Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1..3", "0x1 0x2 0x3")]
    [InlineData("3..1", "0x3 0x2 0x1")]
    [InlineData("0xf..0x10", "0xf 0x10")]
    [InlineData("0x7", "0x7")]
    [InlineData("3", "0x1 0x2 0x3")]
    [InlineData("18446744073709551614..18446744073709551615", "0xfffffffffffffffe 0xffffffffffffffff")]
    public void Ranges_hold_their_seeds_in_order(string text, string seeds)
    {
        var range = SeedRange.Parse(text);

        Assert.Equal(seeds, string.Join(' ', Enumerable.Range(0, range.Count).Select(place => range[place])));
    }

    [Fact]
    public void How_many_begin_where_one_says() =>
        Assert.Equal(new SeedRange(500, 699), SeedRange.Parse("200", start: 500));

    [Fact]
    public void A_hunt_for_a_time_begins_no_seed_after_it_and_is_whole()
    {
        var result = Hunt.Execute(Request(TinyRegister.With(), "1..100000") with
        {
            For = TimeSpan.FromMilliseconds(200),
        });

        Assert.InRange(result.Seeds.Count, 1, 99_999);
        Assert.False(result.IsPartial);
        Assert.Equal(Validity.Valid, result.Validity);
        Assert.Equal(
            Enumerable.Range(1, result.Seeds.Count).Select(seed => new Seed((ulong)seed)),
            result.Seeds.Select(seed => seed.Seed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("1..")]
    [InlineData("..3")]
    [InlineData("1..2..3")]
    [InlineData("a..b")]
    [InlineData("-1..3")]
    [InlineData("0..18446744073709551615")]
    public void What_is_no_range_is_refused(string text) =>
        Assert.Throws<UserMistakeException>(() => SeedRange.Parse(text));

    static HuntRequest Throwing(ulong odd) => Request(TinyRegister.With(), "1..5") with
    {
        CreateWorld = () => new OddWorld(odd, new FormatException("odd")),
    };

    static HuntRequest Request(DesignOptions options, string seeds) =>
        new(
            () => new SimulatedWorld(),
            RunRequest.Of(new TinyRegister(), options, FaultChoice.Story, RunSpec.DefaultSeed),
            SeedRange.Parse(seeds));

    sealed class OddWorld(ulong odd, Exception failure) : IWorld
    {
        readonly SimulatedWorld _world = new();

        public bool CanRun(Deployment deployment) => _world.CanRun(deployment);

        public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
            seed.Value == odd
                ? throw failure
                : _world.Start(scenario, plan, seed, control);
    }

    // One seed may take fewer events than it wants.
    sealed class ShortOfEvents(ulong seed) : IWorld
    {
        public bool CanRun(Deployment deployment) => new SimulatedWorld().CanRun(deployment);

        public RunSession Start(Scenario scenario, FaultPlan plan, Seed now, RunControl control) =>
            new SimulatedWorld().Start(
                now.Value == seed ? scenario with { EventBudget = 2_000 } : scenario, plan, now, control);
    }
}
