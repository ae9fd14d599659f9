using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Redis;

namespace Steelyard.Live.Tests.Engines.Redis;

public sealed class RedisChoicesTests
{
    [Theory]
    [InlineData(
        "single", "wait", "1",
        "--wait: expected at most 0, as many replicas as a primary of --config single has, found 1")]
    [InlineData(
        "cluster", "wait", "2",
        "--wait: expected at most 1, as many replicas as a primary of --config cluster has, found 2")]
    [InlineData("cluster", "reads", "any", "--reads: expected primary with --config cluster, found any")]
    public void What_a_set_up_cannot_have_is_a_mistake(
        string config, string option, string value, string expected)
    {
        var setup = SetUp(config, option, value);

        var mistake = Assert.Throws<UserMistakeException>(() => RedisChoices.Of(setup).MustFit(setup));

        Assert.Equal(expected, mistake.Message);
    }

    [Theory]
    [InlineData("cluster", "wait", "1")]
    [InlineData("replicas", "wait", "2")]
    [InlineData("sentinel", "reads", "nearest")]
    public void What_it_can_have_is_none(string config, string option, string value)
    {
        var setup = SetUp(config, option, value);

        RedisChoices.Of(setup).MustFit(setup);
    }

    static EngineSetup SetUp(string config, string option, string value) =>
        LiveEngines.Named("redis").Setups.First(setup => setup.Name == config) with
        {
            Chosen = new Dictionary<string, string>(StringComparer.Ordinal) { [option] = value },
        };
}
