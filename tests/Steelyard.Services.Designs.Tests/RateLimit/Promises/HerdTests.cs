using Steelyard.Histories;
using Steelyard.Services.Designs.RateLimit;
using Steelyard.Services.Designs.RateLimit.Api;
using Steelyard.Services.Designs.RateLimit.Promises;

namespace Steelyard.Services.Designs.Tests.RateLimit.Promises;

/// <summary>A list is held for 1 s. Look-ups are written <c>when(ms) host.life: editions</c>, and each lasts
/// 100 ms.</summary>
public sealed class HerdTests
{
    const long NsOfMs = 1_000_000;

    static readonly OneLoadPerExpiry s_checker = new(TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData("0 a.1: 1 1 1; 500 a.1: 1 1; 1050 a.1: 1 2; 2100 a.1: 2 3 3; 3200 a.1: 4")]
    [InlineData("0 a.1: 1 1 1; 900 a.1: 2; 1050 a.1: 3")]
    public void One_list_after_the_other_is_no_herd(string lookUps) =>
        Assert.Equal(Validity.Valid, Judge(lookUps).Validity);

    [Theory]
    [InlineData("0 a.1: 1 1; 1050 a.1: 2 3 4 5", new[] { 1 })]
    [InlineData("0 a.1: 1; 200 a.1: 2; 400 a.1: 3", new[] { 0, 1, 2 })]
    [InlineData("0 a.1: 1 1; 100 b.1: 9; 150 a.1: 2; 300 a.1: 3; 5000 a.1: 4", new[] { 0, 2, 3 })]
    public void Who_each_has_its_own_loaded_is_a_herd(string lookUps, int[] witness)
    {
        var anomaly = Assert.Single(Judge(lookUps).Anomalies);

        Assert.Equal("herd", anomaly.Type);
        Assert.Equal(witness, anomaly.Witness);
    }

    [Fact]
    public void A_third_list_is_judged_where_the_first_cannot_have_expired()
    {
        // From the first invocation to the last completion: 950 ms, and a little more.
        Assert.Equal(Validity.Invalid, Judge("0 a.1: 1; 100 a.1: 2; 850 a.1: 3").Validity);
        Assert.Equal(Validity.Valid, Judge("0 a.1: 1 1 1; 100 a.1: 2; 851 a.1: 3").Validity);
    }

    [Fact]
    public void A_host_that_was_started_anew_and_another_one_hold_lists_of_their_own() =>
        Assert.Equal(
            Validity.Valid,
            Judge("0 a.1: 1 1 2; 100 b.1: 3 3 4; 200 a.2: 5 5 6; 300 b.2: 7 7 8").Validity);

    [Theory]
    [InlineData("")]
    [InlineData("0 a.1:; 100 a.1: 1; 200 b.1: 2; 300 a.2: 3; 5000 a.1: 4")]
    public void Where_too_few_were_answered_nothing_is_said(string lookUps) =>
        Assert.Equal(Validity.Unknown, Judge(lookUps).Validity);

    static Verdict Judge(string lookUps)
    {
        var history = new HistoryBuilder();
        foreach (var lookUp in lookUps.Split(';', StringSplitOptions.RemoveEmptyEntries))
            Add(history, lookUp.Split([' ', '.', ':'], StringSplitOptions.RemoveEmptyEntries));
        return s_checker.Check(history.Build());
    }

    static void Add(HistoryBuilder history, string[] words)
    {
        var atMs = Number(words[0]);
        var lookUp = history.Invoke(0, RateLimitWorkload.LookUp, "prices", Value.Nil, atMs * NsOfMs);
        var answers = words[3..].Select(
            edition => new Prices(Number(words[2]), Number(edition)).ToValue(words[1]));
        history.Complete(lookUp, Outcome.Ok, Value.List([.. answers]), (atMs + 100) * NsOfMs);
    }

    static long Number(string word) =>
        long.Parse(word, System.Globalization.CultureInfo.InvariantCulture);
}
