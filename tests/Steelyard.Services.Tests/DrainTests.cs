using Steelyard.Services.Scenarios;
using Steelyard.Testing;

namespace Steelyard.Services.Tests;

/// <summary>Hosts that are told to stop, as SIGTERM tells them.</summary>
public sealed class DrainTests
{
    [Fact]
    public void A_host_that_is_drained_finishes_what_is_open() => ServicesTest.Run<DrainedShop>(1..20);

    [Fact]
    public void A_host_that_is_killed_does_not() =>
        Assert.Contains("cut off in the middle", Told<KilledShop>(), StringComparison.Ordinal);

    [Fact]
    public void A_host_whose_shutdown_timeout_is_too_short_does_not() =>
        Assert.Contains("cut off in the middle", Told<HurriedShop>(), StringComparison.Ordinal);

    [Fact]
    public void A_host_that_is_drained_without_a_time_limit_finishes_what_is_open() =>
        ServicesTest.Run<PatientShop>(1..2);

    [Fact]
    public void The_next_version_comes_back() => ServicesTest.Run<ShopOfTwoVersions>(1..10);

    [Fact]
    public void A_host_that_is_drained_from_the_start_joins_later() =>
        ServicesTest.Run<ShopThatJoinsLater>(1..10);

    [Fact]
    public void A_version_that_there_is_not_is_named() => Assert.Contains(
        "fault 1 (drain at 2s) should start: expected a version of shop from 1 to 2, found 3",
        Told<ShopOfAThirdVersion>(), StringComparison.Ordinal);

    static string Told<TScenario>()
        where TScenario : IServicesScenario =>
        Assert.Throws<ServicesTestException>(() => ServicesTest.Run<TScenario>(1..1)).Message;
}
