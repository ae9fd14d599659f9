using Steelyard.Services.Designs.Payments.Api;

namespace Steelyard.Services.Designs.Tests.Payments.Api;

public sealed class IdempotencyKeyTests
{
    [Theory]
    [InlineData("\"abc\"", "abc")]
    [InlineData("\"a\\\"b\\\\\"", "a\"b\\")]
    public void A_key_stands_in_quotes(string header, string key) =>
        Assert.Equal((key, null), IdempotencyKey.Parse(header, takesBare: false));

    [Theory]
    [InlineData(null, "found none")]
    [InlineData("abc", "expected a text in quotes")]
    [InlineData("\"a\"b\"", "expected a text in quotes")]
    [InlineData("\"a\\", "expected a text in quotes")]
    [InlineData("\"ä\"", "expected a text in quotes")]
    [InlineData("\"\"", "found an empty text")]
    public void Anything_else_is_said_to_be_wrong(string? header, string problem) =>
        Assert.Contains(
            problem, IdempotencyKey.Parse(header, takesBare: false).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_bare_key_is_taken_where_that_is_asked_for() =>
        Assert.Equal("abc", IdempotencyKey.Parse("abc", takesBare: true).Key);
}
