using Steelyard.Recording.Http;

namespace Steelyard.Recording.Tests.Http;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/registers/{key}", "/registers/x", "key=x")]
    [InlineData("/registers/{key}", "/Registers/a%20b", "key=a b")]
    [InlineData("/a/{one}/b/{two}", "/a/1/b/2", "one=1,two=2")]
    [InlineData("/health", "/health", "")]
    [InlineData("/", "/", "")]
    [InlineData("/registers/{key}", "/registers/", null)]
    [InlineData("/registers/{key}", "/registers/x/y", null)]
    [InlineData("/registers/{key}", "/other/x", null)]
    public void A_path_is_told_by_its_template(string template, string path, string? expected)
    {
        var found = PathTemplate.Parse(template).Match(path);

        Assert.Equal(expected, found is null
            ? null
            : string.Join(',', found.OrderBy(one => one.Key).Select(one => $"{one.Key}={one.Value}")));
    }

    [Theory]
    [InlineData("registers/{key}")]
    [InlineData("")]
    [InlineData("/registers/{}")]
    [InlineData("/registers/{key")]
    [InlineData("/registers/{key:int}")]
    [InlineData("/registers/{*rest}")]
    [InlineData("/registers/x{key}")]
    public void What_is_no_template_is_refused(string template) => Assert.Contains(
        "expected a path whose parts are words or names in braces",
        Assert.Throws<UserMistakeException>(() => PathTemplate.Parse(template)).Message);
}
