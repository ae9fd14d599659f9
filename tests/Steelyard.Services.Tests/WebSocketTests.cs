using Steelyard.Testing;

namespace Steelyard.Services.Tests;

public sealed class WebSocketTests
{
    [Fact]
    public void Sockets_carry_words_and_stay_half_open_where_a_client_changes_its_network() =>
        ServicesTest.Run<Sockets>(1..5);
}
