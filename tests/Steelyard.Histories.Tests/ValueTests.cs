using Steelyard.Formats;

namespace Steelyard.Histories.Tests;

public sealed class ValueTests
{
    static readonly string[] Texts =
        ["nil", "true", "false", "7", "-3", "word", "[]", "[4, 7]", "[1, [a, nil], {k: v}]", "{}",
            "{1: 10, 2: [x]}"];

    public static TheoryData<string> Written => [.. Texts];

    [Theory]
    [MemberData(nameof(Written))]
    public void A_value_is_read_as_it_is_written(string written) =>
        Assert.Equal(written, Parsed(written).ToString());

    [Theory]
    [MemberData(nameof(Written))]
    public void Equal_values_have_equal_hashes(string written)
    {
        Assert.Equal(Parsed(written), Parsed(written));
        Assert.Equal(Parsed(written).GetHashCode(), Parsed(written).GetHashCode());
    }

    [Fact]
    public void Order_is_total_over_all_kinds()
    {
        var values = Texts.Select(Parsed).ToList();
        foreach (var a in values)
            foreach (var b in values)
            {
                Assert.Equal(a == b, a.CompareTo(b) == 0);
                Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
            }
    }

    [Fact]
    public void An_integer_is_not_the_boolean_or_real_of_the_same_bits()
    {
        Value one = 1;
        Assert.NotEqual(one, Value.Of(true));
        Assert.NotEqual(one, Value.Of(BitConverter.Int64BitsToDouble(1)));
    }

    [Fact]
    public void A_map_sorts_its_keys_and_answers_by_key()
    {
        var map = Value.Map(("b", 2), ("a", 1));
        Assert.Equal("{a: 1, b: 2}", map.ToString());
        Assert.Equal(2, map["b"].AsInteger);
        Assert.True(map["c"].IsNil);
    }

    [Fact]
    public void A_map_refuses_a_key_that_stands_twice() =>
        Assert.Throws<ArgumentException>(() => Value.Map(("a", 1), ("a", 2)));

    [Fact]
    public void Asking_for_another_kind_says_what_was_found()
    {
        Value text = "word";
        var error = Assert.Throws<InvalidOperationException>(() => text.AsInteger);
        Assert.Equal("expected Integer, found Text: word", error.Message);
    }

    [Fact]
    public void A_hash_is_the_same_in_every_process() =>
        Assert.Equal(7452755945578440598UL, StableHash.Of(Parsed("[1, {k: v}, nil]")));

    static Value Parsed(string text) => History.Parse($"0 invoke f {text}")[0].Input;
}
