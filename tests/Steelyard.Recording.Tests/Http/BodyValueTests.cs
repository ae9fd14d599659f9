using Steelyard.Recording.Http;

namespace Steelyard.Recording.Tests.Http;

public sealed class BodyValueTests
{
    [Theory]
    [InlineData("", "nil")]
    [InlineData("7", "7")]
    [InlineData(" 7 ", "7")]
    [InlineData("\"x\"", "x")]
    [InlineData("x", "x")]
    [InlineData("007", "007")]
    [InlineData("7 8", "7 8")]
    [InlineData("null", "nil")]
    [InlineData("[1,true,1.5]", "[1, true, 1.5]")]
    [InlineData("""{"a":1}""", "{a: 1}")]
    [InlineData("""{"a":1,"a":2}""", """{"a":1,"a":2}""")]
    [InlineData("""{"a":""", """{"a":""")]
    public void A_body_is_what_its_json_says_or_its_text(string body, string expected) =>
        Assert.Equal(expected, HttpExchange.ValueOf(body).ToString());
}
