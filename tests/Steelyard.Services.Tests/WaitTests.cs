using Steelyard.Testing;

namespace Steelyard.Services.Tests;

public sealed class WaitTests
{
    [Fact]
    public void A_request_that_its_client_gives_up_ends_at_both_ends() =>
        ServicesTest.Run<ImpatientClients>(1..3);

    [Fact]
    public void A_rollback_that_nobody_answers_does_not_wait_for_ever() =>
        ServicesTest.Run<RollbackToNobody>(1..3);
}
