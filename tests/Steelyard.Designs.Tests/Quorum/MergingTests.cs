using Steelyard.Designs.Quorum;
using Steelyard.Histories;
using Version = Steelyard.Designs.Quorum.Version;

namespace Steelyard.Designs.Tests.Quorum;

public sealed class MergingTests
{
    // Two clients write through server 1, neither having seen the other's write.
    static readonly Version First = new("a", default, new(1, 1), VersionVector.Empty);
    static readonly Version Second = new("b", default, new(1, 2), VersionVector.Empty);

    [Fact]
    public void Dotted_version_vectors_keep_both_of_two_writes_at_once_through_one_server() =>
        Assert.Equal(Value.List("a", "b"), VersionResolution.Dotted.Merge([First], [Second]).Shown());

    [Fact]
    public void Plain_version_vectors_lose_one_of_two_writes_at_once_through_one_server() =>
        Assert.Equal("b", VersionResolution.VectorClock.Merge([First], [Second]).Shown());

    [Theory]
    [InlineData((int)VersionResolution.VectorClock)]
    [InlineData((int)VersionResolution.Dotted)]
    public void Writes_at_once_through_two_servers_are_siblings(int resolution)
    {
        var other = new Version("c", default, new(2, 1), VersionVector.Empty);
        Assert.Equal(Value.List("a", "c"), ((VersionResolution)resolution).Merge([First], [other]).Shown());
    }

    [Theory]
    [InlineData((int)VersionResolution.VectorClock)]
    [InlineData((int)VersionResolution.Dotted)]
    public void A_writer_that_saw_a_version_replaces_it(int resolution)
    {
        var later = new Version("c", default, new(2, 1), new[] { First }.Context());
        Assert.Equal("c", ((VersionResolution)resolution).Merge([First], [later]).Shown());
        Assert.Equal("c", ((VersionResolution)resolution).Merge([later], [First]).Shown());
    }

    [Fact]
    public void The_last_writer_wins_by_tag_whichever_comes_first()
    {
        var low = Version.Tagged("low", new(4, 9));
        var high = Version.Tagged("high", new(5, 1));
        Assert.Equal("high", VersionResolution.Lww.Merge([low], [high]).Shown());
        Assert.Equal("high", VersionResolution.Lww.Merge([high], [low]).Shown());
    }
}
