using Steelyard.Testing;

namespace Steelyard.Services.Tests.Networking;

/// <summary>Until an attempt to connect ends, an HttpClient begins no other.</summary>
public sealed class ConnectTests
{
    [Fact]
    public void A_client_that_limits_how_long_it_connects_is_through_soon_after_a_cut() =>
        ServicesTest.Run<LimitedConnects>(1..3);

    [Fact]
    public void One_that_does_not_waits_for_the_repeat_of_its_first_word() =>
        ServicesTest.Run<UnlimitedConnects>(1..3);
}
