using Steelyard.Analysis.Serving;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Serving;

/// <summary>Promises on what goes on between services, by what a watched host served.</summary>
public sealed class WatchedHostTests
{
    const long Ms = 1_000_000;

    [Fact]
    public void Two_at_once_where_one_is_promised_are_found()
    {
        var history = Of(("POST /run", "w-1", 10, 20), ("POST /run", "w-2", 15, 30));

        Assert.Equal(
            "bank served 2 at once at 0.015 s, expected 1: POST /run of w-1 since 0.010 s;"
            + " POST /run of w-2 since 0.015 s", new MaxConcurrent(1, "bank").Check(history).Summary);
        Assert.Equal(Validity.Valid, new MaxConcurrent(2, "bank").Check(history).Validity);
    }

    [Fact]
    public void One_after_the_other_is_right()
    {
        var history = Of(("POST /run", "w-1", 10, 20), ("POST /run", "w-2", 20, 30));

        Assert.Equal(
            "of 2 requests at bank never more than 1 at once",
            new MaxConcurrent(1, "bank").Check(history).Summary);
    }

    [Fact]
    public void Only_what_is_asked_for_is_counted()
    {
        var history = Of(("POST /run", "w-1", 10, 20), ("GET /health", "w-2", 15, 30));

        Assert.Equal(Validity.Valid, new MaxConcurrent(1, "bank", "POST /run").Check(history).Validity);
        Assert.Equal(Validity.Invalid, new MaxConcurrent(1, "bank").Check(history).Validity);
        Assert.Equal(Validity.Unknown, new MaxConcurrent(1, "bank", "PUT /").Check(history).Validity);
    }

    [Theory]
    [InlineData("bank", Validity.Valid)]
    [InlineData("other", Validity.Invalid)]
    public void What_was_under_way_ends_with_its_host(string crashed, Validity expected)
    {
        var builder = new HistoryBuilder();
        builder.Add(new FaultEvent
        {
            TimeNs = 12 * Ms, Phase = FaultPhase.Start, Kind = "crash", Description = "", Nodes = [crashed],
        });

        var history = Told(builder, ("POST /run", "w-1", 10, null), ("POST /run", "w-2", 15, 30));

        Assert.Equal(expected, new MaxConcurrent(1, "bank").Check(history).Validity);
    }

    [Fact]
    public void A_key_that_is_loaded_while_it_is_being_loaded_is_found()
    {
        var history = Of(
            ("GET /items/1", "w-1", 10, 20), ("GET /items/2", "w-2", 12, 30),
            ("GET /items/1", "w-2", 19, 30));

        Assert.Equal(
            "w-2 loaded GET /items/1 from bank at 0.019 s, while w-1 did so since 0.010 s",
            new OneLoadPerKey("bank").Check(history).Summary);
        Assert.Equal(Validity.Valid, new OneLoadPerKey("bank") { PerHost = true }.Check(history).Validity);
    }

    [Fact]
    public void A_key_that_is_loaded_again_later_is_right() => Assert.Equal(
        "none of 2 keys was loaded twice at once, in 3 loads",
        new OneLoadPerKey("bank").Check(Of(
            ("GET /items/1", "w-1", 10, 20), ("GET /items/2", "w-2", 12, 30),
            ("GET /items/1", "w-2", 20, 30))).Summary);

    [Fact]
    public void A_host_that_nobody_watched_is_not_judged()
    {
        var history = Of(("POST /run", "w-1", 10, 20));

        Assert.Equal(
            "not decided: nothing that till served was seen; expected Watch(\"till\")",
            new MaxConcurrent(1, "till").Check(history).Summary);
        Assert.Equal(Validity.Unknown, new OneLoadPerKey("till").Check(history).Validity);
    }

    static History Of(params (string What, string From, int Begin, int? End)[] calls) =>
        Told(new(), calls);

    static History Told(
        HistoryBuilder builder, params (string What, string From, int Begin, int? End)[] calls)
    {
        var read = builder.Invoke(0, Functions.Calls, "bank", Value.Nil, 100 * Ms);
        builder.Complete(read, Outcome.Ok, Value.List([.. calls.Select(call => Value.Map(
            ("what", call.What), ("from", call.From), ("begin", call.Begin * Ms),
            ("end", call.End is { } end ? end * Ms : Value.Nil), ("status", 200)))]), 101 * Ms);
        return builder.Build();
    }
}
