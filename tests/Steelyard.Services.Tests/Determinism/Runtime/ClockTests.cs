using Steelyard.Histories;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Hosts that wait by the machine's clock, where there is no copy of the runtime.</summary>
public sealed class ClockTests
{
    const string Here = "at Steelyard.Services.Tests.Determinism.Runtime.";
    const string Advice = "expected the TimeProvider that the services hold";

    [Fact]
    public void A_delay_is_named_with_its_line() => Stalls.MustBeToldWhereInstalled<RealDelayStall>(
        "host stall-", " waits by the machine's clock, while it serves GET /: Task.Delay "
            + $"{Here}RealDelayStall.Build in Clocks.cs:line 14; {Advice}");

    [Fact]
    public void A_delay_in_a_short_handler_is_named_with_its_line() =>
        Stalls.MustBeToldWhereInstalled<ShortRealDelayStall>(
            "while it serves GET /: Task.Delay "
                + $"{Here}ShortRealDelayStall.Build in Clocks.cs:line 23; {Advice}");

    [Fact]
    public void A_limit_is_named_with_its_line() => Stalls.MustBeToldWhereInstalled<RealLimitStall>(
        $"new CancellationTokenSource(…) {Here}RealLimitStall.Build in Clocks.cs:line 32; {Advice}");

    [Fact]
    public void A_background_service_is_named_with_its_line() =>
        Stalls.MustBeToldWhereInstalled<RealTickStall>(
            "host stall-", " waits by the machine's clock: new PeriodicTimer(…) "
                + $"{Here}RealTickStall.Ticking.ExecuteAsync in Clocks.cs:line 48; {Advice}");

    [Fact]
    public void The_time_limit_of_a_client_that_is_set_too_late_is_named() =>
        Stalls.MustBeToldWhereInstalled<LateTimeoutStall>(
            $"HttpClient.GetStringAsync {Here}LateTimeoutStall.Build in Clocks.cs:line 66; expected a "
                + "client of IHttpClientFactory whose Timeout is set where it is configured");

    [Fact]
    public void A_twin_that_asks_the_services_for_the_time_runs()
    {
        var answer = Stalls.RunAmongOthers<VirtualTimeStall>();

        Assert.Equal(Validity.Valid, answer.Overall());
        Assert.True(answer.World.History.Count > 20);
    }

    [Fact]
    public void On_the_copy_the_same_delay_runs() =>
        Assert.Equal(Validity.Valid, Stalls.RunAmongOthers<RealDelayStall>().Overall());

    [Fact]
    public void On_the_copy_the_same_limit_runs() =>
        Assert.Equal(Validity.Valid, Stalls.RunAmongOthers<RealLimitStall>().Overall());

    [Fact]
    public void On_the_copy_the_same_background_service_runs() =>
        Assert.Equal(Validity.Valid, Stalls.RunAmongOthers<RealTickStall>().Overall());

    [Fact]
    public void On_the_copy_the_same_late_time_limit_runs() =>
        Assert.Equal(Validity.Valid, Stalls.RunAmongOthers<LateTimeoutStall>().Overall());
}
