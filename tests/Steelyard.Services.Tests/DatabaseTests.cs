using Steelyard.Testing;

namespace Steelyard.Services.Tests;

public sealed class DatabaseTests
{
    [Fact]
    public void What_was_committed_is_kept_whatever_crashes() => ServicesTest.Run<Ledgers>(1..6);

    [Fact]
    public void What_was_never_committed_is_missed()
    {
        var failure = Assert.Throws<ServicesTestException>(() => ServicesTest.Run<ForgetfulLedgers>(1..1));

        Assert.Contains("counter", failure.Message, StringComparison.Ordinal);
        Assert.Contains("repeat: ServicesTest.Run<ForgetfulLedgers>(seeds: 1..1)", failure.Message,
            StringComparison.Ordinal);
    }
}
