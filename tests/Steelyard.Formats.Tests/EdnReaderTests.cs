using System.Text;
using Steelyard.Formats.Edn;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public class EdnReaderTests
{
    [Theory]
    [InlineData("nil", "nil")]
    [InlineData("true", "true")]
    [InlineData("-17", "-17")]
    [InlineData("+5", "5")]
    [InlineData("42N", "42")]
    [InlineData("1.5", "1.5")]
    [InlineData("1.5e3", "1500")]
    [InlineData("2.50M", "2.5")]
    [InlineData("3/4", "0.75")]
    [InlineData("##Inf", "∞")]
    [InlineData(":key", "key")]
    [InlineData(":ns/key", "ns/key")]
    [InlineData("some-symbol", "some-symbol")]
    [InlineData("- ", "-")]
    [InlineData("\"a \\\"b\\\" \\u00e5 \\n\"", "a \"b\" å \n")]
    [InlineData("\\a", "a")]
    [InlineData("\\(", "(")]
    [InlineData("\\newline", "\n")]
    [InlineData("\\u0041", "A")]
    [InlineData("[1 2, 3]", "[1, 2, 3]")]
    [InlineData("(1 (2) [])", "[1, [2], []]")]
    [InlineData("#{3 1 2}", "[1, 2, 3]")]
    [InlineData("{:b 2 :a 1}", "{a: 1, b: 2}")]
    [InlineData("#inst \"2020-01-01\"", "2020-01-01")]
    [InlineData("#jepsen.history.Op{:a 1}", "{a: 1}")]
    [InlineData("#:n{:a 1}", "{n/a: 1}")]
    [InlineData("#:n{:a 1, :_/b 2, :m/c 3, \"d\" 4, 5 6, e 7} ", "{5: 6, b: 2, d: 4, m/c: 3, n/a: 1, n/e:"
        + " 7}")]
    [InlineData("#:n{:a #:m{:b {:c 1}}}", "{n/a: {m/b: {c: 1}}}")]
    [InlineData("#::{:a 1}", "{a: 1}")]
    [InlineData("0x10", "16")]
    [InlineData("-0xfFN", "-255")]
    [InlineData("017", "15")]
    [InlineData("[017]", "[15]")]
    [InlineData("[0 00 -0]", "[0, 0, 0]")]
    [InlineData("2r101", "5")]
    [InlineData("36rZ", "35")]
    [InlineData("0.5M", "0.5")]
    [InlineData("00.5", "0.5")]
    [InlineData("-3/4", "-0.75")]
    [InlineData("^:kw [1]", "[1]")]
    [InlineData("^{:a 1} ^b [1]", "[1]")]
    [InlineData("#uuid \"f81d4fae\"", "f81d4fae")]
    [InlineData("#_ {:gone 1} 7", "7")]
    [InlineData("[1 #_ 2]", "[1]")]
    [InlineData("[#_ #_ 1 2]", "[]")]
    [InlineData("^{:line 1} [2]", "[2]")]
    [InlineData("#\"a\\d\"", "a\\d")]
    [InlineData("; a comment\n 5 ; another", "5")]
    public void Values_are_read_as_EDN_writes_them(string edn, string shown)
    {
        var reader = Reader(edn);
        var value = reader.Read();
        Assert.Equal(shown.Replace("∞", double.PositiveInfinity.ToString("R")), value.ToString());
        Assert.Equal(ByteReader.End, reader.SkipToForm());
    }

    [Theory]
    [InlineData("[1 2", "expected ']', found the end")]
    [InlineData("{:a", "expected a value, found the end")]
    [InlineData("\"abc", "expected the end of a text")]
    [InlineData("", "expected a value, found the end")]
    [InlineData("#", "expected a tag after #, found the end")]
    public void Bytes_that_end_in_the_middle_are_cut_short(string edn, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<CutShortException>(() => Reader(edn).Read()).Message);

    [Theory]
    [InlineData("[1 }", "x.edn line 1 column 4: expected ']', found '}'")]
    [InlineData("\n  )", "x.edn line 2 column 3: expected a value, found ')'")]
    [InlineData("{:a 1 :b}",
        "x.edn line 1 column 9: expected a value for the key b, found the end of the map")]
    [InlineData("{:a 1 :a 2}", "x.edn line 1: the key a stands twice in a map")]
    [InlineData("12ab", "x.edn line 1 column 5: expected a number, found \"12ab\"")]
    [InlineData("1/0", "x.edn line 1 column 4: expected a number, found \"1/0\"")]
    [InlineData("##Foo", "x.edn line 1 column 6: expected ##Inf, ##-Inf or ##NaN, found ##Foo")]
    [InlineData("\"\\u12g4\"", "x.edn line 1 column 8: expected four hexadecimal digits after \\u")]
    public void Mistakes_are_told_with_line_and_column(string edn, string expected) =>
        Assert.Equal(expected, Assert.Throws<UserMistakeException>(() => Reader(edn).Read()).Message);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        var reader =
            new EdnReader(new ByteReader(new MemoryStream([(byte)'"', 0xC3, 0x28, (byte)'"'])), "x.edn");
        Assert.Contains("expected UTF-8", Assert.Throws<UserMistakeException>(() => reader.Read()).Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("#_")]
    [InlineData("^")]
    [InlineData("#a ")]
    [InlineData("{")]
    public void Nesting_without_end_is_refused_and_does_no_harm(string opener)
    {
        var edn = string.Concat(Enumerable.Repeat(opener, 1_000_000));
        var mistake = Assert.Throws<UserMistakeException>(() => Reader(edn).Read());
        Assert.Contains("nest deeper", mistake.Message);
    }

    static EdnReader Reader(string edn) =>
        new(new ByteReader(new MemoryStream(Encoding.UTF8.GetBytes(edn))), "x.edn");
}
