namespace Steelyard.Histories.Tests;

public class ToldValueTests
{
    static readonly Value Numbers = Value.List([.. Enumerable.Range(0, 100).Select(i => (Value)i)]);

    [Fact]
    public void What_fits_is_told_whole()
    {
        Assert.Equal("[1, 2]", ToldValue.Of(Value.List(1, 2), 20));
        Assert.Equal("{a: 1, b: [2]}", ToldValue.Of(Value.Map(("a", 1), ("b", Value.List(2))), 20));
        Assert.Equal("nil", ToldValue.Of(Value.Nil, 20));
    }

    [Fact]
    public void Of_what_is_longer_the_beginning_is_told_and_the_rest_is_counted()
    {
        Assert.Equal("[0, 1, 2, 3, 4, 5, 6 and 93 more]", ToldValue.Of(Numbers, 20));
        Assert.Equal("{a: 1, b: 2 and 1 more}", ToldValue.Of(Value.Map(("a", 1), ("b", 2), ("c", 3)), 12));
        Assert.Equal("aaaaa and 15 more letters", ToldValue.Of(new string('a', 20), 5));
    }

    [Fact]
    public void An_operation_keeps_who_did_what_and_how_it_ended()
    {
        var builder = new HistoryBuilder();
        builder.Complete(builder.Invoke(3, "read", "x", Value.Nil), Outcome.Ok, Numbers);
        var operation = builder.Build()[0];

        Assert.Equal("process 3: read x → ok [0, 1, 2, 3, 4, 5, 6 and 93 more]", ToldValue.Of(operation, 20));
        Assert.Equal(operation.ToString(), ToldValue.Of(operation, 1_000));
    }
}
