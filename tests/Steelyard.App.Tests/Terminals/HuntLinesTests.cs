using System.Text.Json;
using Steelyard.App.Commands;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Simulation;

namespace Steelyard.App.Tests.Terminals;

/// <summary>What a hunt says of a design, and never says more than it knows.</summary>
public sealed class HuntLinesTests
{
    const string AllHeld = "Every promise held.";

    static readonly HuntedSeed Threw = Seed(Validity.Unknown) with { Failure = new FormatException("odd") };

    [Fact]
    public void Every_promise_held_where_every_seed_was_tried_and_is_valid()
    {
        var told = Told(new([Seed(Validity.Valid), Seed(Validity.Valid)], IsPartial: false));

        Assert.Contains(AllHeld, told.Lines, StringComparison.Ordinal);
        Assert.Equal(("Valid", 2, 0), (told.Validity, told.Valid, told.Unknown));
    }

    [Fact]
    public void A_hunt_that_was_stopped_tells_of_the_seeds_it_judged()
    {
        var told = Told(new([Seed(Validity.Valid), Seed(Validity.Valid)], IsPartial: true));

        Assert.Contains("No promise was broken in the 2 that were judged.", told.Lines,
            StringComparison.Ordinal);
        MustNotBeGreen(told);
    }

    [Fact]
    public void A_hunt_that_was_stopped_before_its_first_seed_was_done_judged_nothing()
    {
        var told = Told(new([], IsPartial: true));

        Assert.Contains("Nothing was judged.", told.Lines, StringComparison.Ordinal);
        MustNotBeGreen(told);
    }

    [Fact]
    public void Seeds_that_threw_are_none_of_those_that_were_judged()
    {
        var told = Told(new([Seed(Validity.Valid), Threw, Seed(Validity.Valid)], IsPartial: false));

        Assert.Contains("No promise was broken in the 2 that were judged.", told.Lines,
            StringComparison.Ordinal);
        Assert.Contains("The first that could not be run to its end is seed 0x7: no end", told.Lines,
            StringComparison.Ordinal);
        MustNotBeGreen(told);
        Assert.Equal(0, told.Unknown);
    }

    [Fact]
    public void Where_all_threw_nothing_was_judged()
    {
        var told = Told(new([Threw, Threw], IsPartial: false));

        Assert.Contains("Nothing was judged.", told.Lines, StringComparison.Ordinal);
        MustNotBeGreen(told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_seed_that_was_not_decided_is_named_with_its_reason(bool isPartial)
    {
        var told = Told(new([Seed(Validity.Valid), Seed(Validity.Unknown)], isPartial));

        Assert.Contains("1 undecided.", told.Lines, StringComparison.Ordinal);
        Assert.Contains("No promise was broken in the 1 that were decided.", told.Lines,
            StringComparison.Ordinal);
        Assert.Contains("The first that was not decided is seed 0x7: some-checker: no end", told.Lines,
            StringComparison.Ordinal);
        Assert.Contains("repeat: steelyard run throwing --seed 0x7", told.Lines, StringComparison.Ordinal);
        MustNotBeGreen(told);
    }

    [Fact]
    public void Where_none_was_decided_nothing_is_said_of_promises()
    {
        var told = Told(new([Seed(Validity.Unknown)], IsPartial: false));

        Assert.Contains("Nothing was decided.", told.Lines, StringComparison.Ordinal);
        Assert.DoesNotContain("No promise was broken", told.Lines, StringComparison.Ordinal);
        MustNotBeGreen(told);
    }

    [Fact]
    public void A_broken_promise_outranks_what_is_not_known()
    {
        var told = Told(new([Seed(Validity.Unknown), Seed(Validity.Invalid), Threw], IsPartial: true));

        Assert.Contains("The first that broke a promise is seed 0x7: some-checker: no end", told.Lines,
            StringComparison.Ordinal);
        Assert.Equal("Invalid", told.Validity);
        Assert.DoesNotContain(AllHeld, told.Lines, StringComparison.Ordinal);
    }

    static void MustNotBeGreen(Hunted told)
    {
        Assert.Equal("Unknown", told.Validity);
        Assert.DoesNotContain(AllHeld, told.Lines, StringComparison.Ordinal);
    }

    static HuntedSeed Seed(Validity validity) => validity == Validity.Valid
        ? new(new(7), 1, 1, 10, validity, null, null)
        : new(new(7), 1, 1, 10, validity, "some-checker", "no end");

    static Hunted Told(HuntResult result)
    {
        var design = new ThrowingDesign();
        var request = new HuntRequest(
            () => new SimulatedWorld(),
            RunRequest.Of(design, new(design, new()), FaultChoice.Story, new(1)), SeedRange.Parse("7..9"));
        using var lines = new StringWriter();
        using var json = new StringWriter();
        new HuntLines(TerminalOf(lines)).Write(request, result, TimeSpan.FromSeconds(1));
        TerminalOf(json).Json(writer => HuntJson.Write(writer, request, result));
        using var answer = JsonDocument.Parse(json.ToString());
        return new(
            lines.ToString(), answer.RootElement.GetProperty("validity").GetString()!,
            answer.RootElement.GetProperty("valid").GetInt32(),
            answer.RootElement.GetProperty("unknown").GetInt32());
    }

    static Terminal TerminalOf(StringWriter output) =>
        new(output, TextWriter.Null, outputIsTerminal: false, errorIsTerminal: false);

    sealed record Hunted(string Lines, string Validity, int Valid, int Unknown);
}
