using Steelyard.Services.Designs.Cart.Api;

namespace Steelyard.Services.Designs.Tests.Cart.Api;

public sealed class VersionVectorTests
{
    [Theory]
    [InlineData("0.0")]
    [InlineData("3.12")]
    public void A_version_reads_as_it_is_written(string text) =>
        Assert.Equal(text, CartVersion.Parse(text, 2)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("3.4.5")]
    [InlineData("3.-4")]
    [InlineData("3,4")]
    public void What_is_no_version_is_not_read(string text) => Assert.Null(CartVersion.Parse(text, 2));

    [Theory]
    [InlineData("3.4", "3.4", true)]
    [InlineData("3.4", "2.4", true)]
    [InlineData("3.4", "3.5", false)]
    [InlineData("3.4", "4.0", false)]
    public void A_version_covers_what_it_knows_all_of(string version, string other, bool covers) =>
        Assert.Equal(covers, CartVersion.Parse(version, 2)!.Covers(CartVersion.Parse(other, 2)!));

    [Fact]
    public void What_two_know_together_is_the_most_of_each() => Assert.Equal(
        "4.5", CartVersion.Parse("3.5", 2)!.And(CartVersion.Parse("4.0", 2)!).ToString());
}
