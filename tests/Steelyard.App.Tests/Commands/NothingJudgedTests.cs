using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

/// <summary>A history whose operations nobody knows is measured, and nothing is said to hold.</summary>
public sealed class NothingJudgedTests : IDisposable
{
    const string Unheard = """
        0 invoke frobnicate {knob: 7}
        1 invoke defrag
        0 ok frobnicate true
        1 info defrag
        2 invoke frobnicate
        2 fail frobnicate
        3 invoke frobnicate
        """;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void It_is_unknown_and_says_that_nothing_was_judged()
    {
        _steelyard.Write("a.txt", Unheard);

        var result = _steelyard.Run("check", "a.txt", "--model", "none");

        Assert.Equal(3, result.Code);
        Assert.Contains("Nothing was judged.", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("held", result.Output, StringComparison.Ordinal);
        Assert.Contains("Latency, ms", result.Output, StringComparison.Ordinal);
        Assert.Contains("Operations of unknown outcome", result.Output, StringComparison.Ordinal);
        Assert.Contains("Operations frobnicate", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_get_the_same_numbers()
    {
        _steelyard.Write("a.txt", Unheard);

        var result = _steelyard.Run("check", "a.txt", "--model", "none", "--json");

        var answer = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("Unknown", answer.GetProperty("validity").GetString());
        var measured = answer.GetProperty("measurements").EnumerateArray().ToDictionary(
            one => one.GetProperty("id").GetString()!, one => one.GetProperty("value").GetDouble());
        Assert.Equal(0.25, measured["ended-ok"]);
        Assert.Equal(0.25, measured["ended-info"]);
        Assert.Equal(0.25, measured["ended-fail"]);
        Assert.Equal(0.25, measured["ended-open"]);
        Assert.Equal(3, measured["asked-frobnicate"]);
        Assert.Equal(2, measured["open-at-once-max"]);
        // Three ended, each open for 2, 2 and 1 of the 5 ms from the first line to the last end.
        Assert.Equal(1, measured["open-at-once-mean"], 3);
    }
}
