using Steelyard.Testing;

namespace Steelyard.Services.Tests;

public sealed class HostSessionTests
{
    [Fact]
    public void A_transaction_whose_commit_is_refused_is_open_still() =>
        ServicesTest.Run<RefusedCommit>(1..1);

    [Fact]
    public void A_broken_connection_is_closed_and_opened_again() => ServicesTest.Run<LostConnection>(1..1);

    [Fact]
    public void A_connection_is_not_kept_by_the_token_it_was_opened_with() =>
        ServicesTest.Run<LastingToken>(1..1);

    [Fact]
    public void A_session_that_fails_is_not_taken_for_one_whose_client_is_gone() => Assert.Contains(
        "it is wrong here",
        Assert.Throws<ServicesTestException>(() => ServicesTest.Run<SessionThatFails>(1..1)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_store_that_there_is_not_is_named() => ServicesTest.Run<UnknownStore>(1..1);
}
