using Steelyard.Analysis.Effects;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Effects;

/// <summary>What takes several steps, and what is done later.</summary>
public sealed class SagaCheckersTests
{
    const string Ordered = """
        0 invoke order {id: o1}
        0 ok     order
        1 invoke order {id: o2}
        1 ok     order false
        2 invoke order {id: o3}
        2 info   order

        """;

    [Theory]
    [InlineData("[o1]", "[o1]")]
    [InlineData("[o1, o3]", "[o3, o1, o1]")]
    public void Done_at_all_places_or_at_none_is_right(string stock, string till) =>
        Assert.Equal(Validity.Valid, Saga(stock, till).Validity);

    [Theory]
    [InlineData("[o1]", "[]", "half-done", "order o1 stands at stock, and not at till, in the end")]
    [InlineData("[o1, o3]", "[o1]", "half-done", "order o3 stands at stock, and not at till, in the end")]
    [InlineData("[]", "[]", "lost-effect", "order o1 was acknowledged, and stands nowhere in the end")]
    [InlineData("[o1, o2]", "[o1, o2]", "applied-after-refusal",
        "order o2 was refused, and stands at stock and at till in the end")]
    [InlineData("[o1, o9]", "[o1]", "half-done",
        "o9 stands at stock in the end, and nobody asked for it")]
    public void Whatever_else_stands_in_the_end_is_found(
        string stock, string till, string type, string said)
    {
        var verdict = Saga(stock, till);

        Assert.Equal(type, Assert.Single(verdict.Anomalies).Type);
        Assert.Equal(said, verdict.Summary);
    }

    [Fact]
    public void One_place_alone_shows_nothing() => Assert.Equal(
        Validity.Unknown,
        new CompensatedOrDone("order").Check(History.Parse(Ordered + Place(8, "stock", "[o1]"))).Validity);

    [Theory]
    [InlineData("[o1]", Validity.Valid)]
    [InlineData("[o1, o1, o3]", Validity.Valid)]
    [InlineData("[o3]", Validity.Invalid)]
    public void What_was_taken_on_and_is_not_done_is_lost(string done, Validity expected)
    {
        var verdict = new NothingLost("order").Check(History.Parse(Ordered + Place(8, "done", done)));

        Assert.Equal(expected, verdict.Validity);
        Assert.Equal(
            expected == Validity.Valid ? "each of 1 acknowledged order was done"
                : "order o1 was acknowledged, and is not done in the end (1 lost)", verdict.Summary);
    }

    [Fact]
    public void Where_nobody_tells_what_was_done_nothing_is_decided() => Assert.Equal(
        Validity.Unknown, new NothingLost("order").Check(History.Parse(Ordered)).Validity);

    static Verdict Saga(string stock, string till) => new CompensatedOrDone("order").Check(
        History.Parse(Ordered + Place(8, "stock", stock) + Place(9, "till", till)));

    static string Place(int process, string name, string applied) =>
        $"{process} invoke replica-state key={name}\n{process} ok replica-state {{applied: {applied}}}\n";
}
