using Steelyard.Histories;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Hosts that are not there.</summary>
public sealed class QuitTests
{
    [Fact]
    public void A_host_that_stops_itself_ends_in_good_order_and_stays_away_until_it_is_restarted()
    {
        var answer = Stalls.Run<QuittingStall>();

        Assert.Empty(answer.Told());
        Assert.Equal(Validity.Valid, answer.Overall());
    }

    [Fact]
    public void Its_twin_stays() => Assert.Contains(
        "the first answers after its crash; ", Assert.Single(Stalls.Run<StayingStall>().Told()),
        StringComparison.Ordinal);

    [Fact]
    public void A_host_that_listens_nowhere_is_named() => Stalls.MustBeTold<DeafStall>(
        "host stall-1 listens on no port: expected an application with a web server (at "
            + "Steelyard.Services.Tests.Determinism.Runtime.Stalls.Build in Stalls.cs:line ");
}
