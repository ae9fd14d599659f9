using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Services.Designs.Cart.Promises;

namespace Steelyard.Services.Designs.Tests.Cart.Promises;

public sealed class CartPromisesTests
{
    [Theory]
    [InlineData("1 add x; 1 look [x]", null)]
    [InlineData("1 add x; 1 look []", "read-your-writes")]
    [InlineData("1 add x; 2 remove x; 1 look []", null)]
    [InlineData("1 add x; 1 look []; 2 remove x", "read-your-writes")]
    [InlineData("1 add x; 1 remove x; 1 look []", null)]
    [InlineData("1 add x; 1 remove x; 1 look [x]", "read-your-writes")]
    [InlineData("1 add x; 2 remove x; 1 look [x]", null)]
    [InlineData("2 add x; 1 look []", null)]
    public void A_session_sees_what_it_wrote(string operations, string? broken) =>
        Assert.Equal(broken, Broken(operations));

    [Theory]
    [InlineData("2 add x; 1 look []; 1 look [x]; 1 look [x]", null)]
    [InlineData("2 add x; 1 look [x]; 1 look []", "monotonic-reads")]
    [InlineData("2 add x; 1 look [x]; 2 remove x; 1 look []", null)]
    [InlineData("2 add x; 1 look [x]; 2 remove x; 1 look []; 1 look [x]", "monotonic-reads")]
    [InlineData("2 add x; 1 look [x]; 2 remove x; 1 look []; 3 look [x]", null)]
    public void A_session_sees_no_less_than_it_saw(string operations, string? broken) =>
        Assert.Equal(broken, Broken(operations));

    [Theory]
    [InlineData("1 add x; 1 add y; 2 look [x, y]", null)]
    [InlineData("1 add x; 1 add y; 2 look [x]", null)]
    [InlineData("1 add x; 1 add y; 2 look [y]", "monotonic-writes")]
    [InlineData("1 add x; 1 add y; 3 remove x; 2 look [y]", null)]
    [InlineData("1 add x; 1 remove x; 1 add y; 2 look [x, y]", "monotonic-writes")]
    [InlineData("1 add x; 1 remove x; 1 add y; 2 look [x]", null)]
    [InlineData("1 add x; 3 add y; 2 look [y]", null)]
    public void Whoever_sees_a_write_sees_those_before_it(string operations, string? broken) =>
        Assert.Equal(broken, Broken(operations));

    [Theory]
    [InlineData("3 add x; 1 look [x]; 1 add y; 2 look [x, y]", null)]
    [InlineData("3 add x; 1 look [x]; 1 add y; 2 look [y]", "writes-follow-reads")]
    [InlineData("3 add x; 1 look []; 1 add y; 2 look [y]", null)]
    [InlineData("3 add x; 1 add y; 1 look [x, y]; 2 look [y]", null)]
    [InlineData("3 add x; 1 look [x]; 3 remove x; 1 look []; 1 add y; 2 look [x, y]", "writes-follow-reads")]
    [InlineData("3 add x; 1 look [x]; 3 remove x; 1 add y; 2 look [x, y]", null)]
    public void Whoever_sees_a_write_sees_what_its_writer_had_read(string operations, string? broken) =>
        Assert.Equal(broken, Broken(operations));

    [Theory]
    [InlineData("[x, y]", null)]
    [InlineData("[x, y, z]", null)]
    [InlineData("[x]", "lost-entry")]
    [InlineData("[x, y, gone]", "returned-entry")]
    public void Every_replica_keeps_what_was_acknowledged(string entries, string? anomaly)
    {
        var history = History.Parse(
            $"{Events("1 add x; 1 add y; 1 add z; 1 add gone; 1 remove gone")}"
            + "1 invoke remove key=c z\n1 info remove\n"
            + $"2 invoke replica-state key=cart-1\n2 ok replica-state {{c: {entries}}}");

        var verdict = new EntriesKept().Check(history);

        Assert.Equal(anomaly, verdict.Anomalies.Select(found => found.Type).FirstOrDefault());
    }

    [Fact]
    public void Carts_that_nobody_read_are_not_judged()
    {
        var history = History.Parse(Events("1 add x"));
        IChecker[] checkers = [.. SessionGuarantee.All, new EntriesKept()];

        Assert.All(checkers, checker => Assert.Equal(Validity.Unknown, checker.Check(history).Validity));
    }

    [Theory]
    [InlineData("1 add x", "ok replica-state {c: [x]}", Validity.Valid)]
    [InlineData("1 add x", "info replica-state", Validity.Unknown)]
    [InlineData("1 look []", "ok replica-state {c: [x]}", Validity.Unknown)]
    public void Every_replica_must_be_read_and_something_be_kept(
        string operations, string answer, Validity validity)
    {
        var history = History.Parse(
            $"{Events(operations)}2 invoke replica-state key=cart-1\n2 ok replica-state {{c: [x]}}\n"
            + $"2 invoke replica-state key=cart-2\n2 {answer}\n");

        Assert.Equal(validity, new EntriesKept().Check(history).Validity);
    }

    // The only guarantee that is broken; null where all four are kept.
    static string? Broken(string operations)
    {
        var history = History.Parse(Events(operations));
        return SessionGuarantee.All.Select(guarantee => guarantee.Check(history))
            .SingleOrDefault(verdict => verdict.Validity == Validity.Invalid)?.Checker;
    }

    // One after the other, each by its process: "1 add x; 2 look [x]".
    static string Events(string operations) => string.Concat(operations.Split("; ").Select(Event));

    static string Event(string operation)
    {
        var words = operation.Split(' ', 3);
        var (input, output) = words[1] == "look" ? ("", words[2]) : (words[2], "");
        return $"{words[0]} invoke {words[1]} key=c {input}\n{words[0]} ok {words[1]} {output}\n";
    }
}
