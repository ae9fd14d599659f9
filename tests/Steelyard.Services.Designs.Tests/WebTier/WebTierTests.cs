using Steelyard.Services.Scenarios;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.WebTier;

public sealed class WebTierTests
{
    static readonly int s_seeds =
        Environment.GetEnvironmentVariable("STEELYARD_LONG") is { Length: > 0 } ? 10_000 : 20;

    [Fact]
    public void A_rolling_deploy_of_hosts_that_drain_fails_no_request() =>
        ServicesTest.Run<DeployedStateless>(1..s_seeds);

    [Fact]
    public void Sessions_in_a_database_outlive_whatever_happens_to_hosts() =>
        ServicesTest.Run<DisturbedStateless>(1..s_seeds);

    [Fact]
    public void Sessions_in_memory_are_lost_in_a_deploy() => Breaks<DeployedInMemory>(1, "read-your-writes");

    [Fact]
    public void Sessions_in_memory_are_lost_in_a_crash() => Breaks<CrashedInMemory>(1, "read-your-writes");

    [Fact]
    public void Hosts_that_end_at_once_fail_requests() =>
        Breaks<DeployedWithoutDrain>(1, "no-failed-request");

    [Fact]
    public void A_balancer_that_asks_no_host_fails_requests() =>
        Breaks<DeployedWithoutHealthCheck>(1, "no-failed-request");

    static void Breaks<TScenario>(int seed, string promise)
        where TScenario : IServicesScenario
    {
        var broken = Assert.Throws<ServicesTestException>(() => ServicesTest.Run<TScenario>(seed..seed));

        Assert.Contains($"{promise}: ", broken.Message, StringComparison.Ordinal);
    }
}
