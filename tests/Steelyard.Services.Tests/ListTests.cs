using Steelyard.Testing;

namespace Steelyard.Services.Tests;

public sealed class ListTests
{
    [Fact]
    public void A_host_is_asked_what_a_recorded_list_says_and_when() => ServicesTest.Run<Listed>(1..2);

    [Fact]
    public void Clients_of_their_own_send_late_what_comes_while_they_wait() =>
        Assert.Contains(
            "waited for its client",
            Assert.Throws<ServicesTestException>(() => ServicesTest.Run<OneByOne>(1..1)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_pool_of_clients_sends_each_request_when_it_is_due() => ServicesTest.Run<Pooled>(1..2);
}
