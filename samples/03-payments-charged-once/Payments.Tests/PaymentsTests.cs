using Steelyard.Testing;

namespace Payments.Tests;

public sealed class PaymentsTests
{
    [Fact]
    public void Payments_are_charged_once() => ServicesTest.Run<PaymentsScenario>(seeds: 1..20);

    [Fact]
    public void Without_keys_some_are_charged_twice()
    {
        var broken = Assert.Throws<ServicesTestException>(
            () => ServicesTest.Run<PaymentsWithoutKeys>(seeds: 1..20));

        Assert.Contains("took effect twice", broken.Message, StringComparison.Ordinal);
    }
}
