using Steelyard.Live.Engines;

namespace Steelyard.Live.Tests.Engines;

public sealed class EngineReleaseTests
{
    static readonly EngineRelease s_release = new("etcd", "3.4", _ => null);

    [Theory]
    [InlineData("3.4.23", "etcd 3.4.23")]
    [InlineData("3.4", "etcd 3.4")]
    [InlineData("3.40.1", "etcd 3.40.1, though this is written for 3.4: it may start or answer differently")]
    [InlineData("3.5.9", "etcd 3.5.9, though this is written for 3.4: it may start or answer differently")]
    [InlineData(null, "etcd of a version that it does not tell (written for 3.4)")]
    public void Another_version_is_said_to_be_one(string? version, string words) =>
        Assert.Equal(words, s_release.Words(version));

    [Theory]
    [InlineData("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "15.18")]
    [InlineData("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0", "7.0.15")]
    [InlineData("rabbitmq_server-3.10.8", "3.10.8")]
    [InlineData("nothing of the kind", null)]
    public void The_first_version_in_a_text_is_taken(string text, string? version) =>
        Assert.Equal(version, EngineRelease.VersionIn(text));
}
