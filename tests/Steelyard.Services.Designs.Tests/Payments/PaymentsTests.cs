using Steelyard.Services.Scenarios;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.Payments;

public sealed class PaymentsTests
{
    static readonly int s_seeds =
        Environment.GetEnvironmentVariable("STEELYARD_LONG") is { Length: > 0 } ? 10_000 : 10;

    [Fact]
    public void Key_and_effect_in_one_transaction_charge_once() =>
        ServicesTest.Run<KeyWithEffectScenario>(1..s_seeds);

    [Fact]
    public void A_unique_constraint_charges_once() => ServicesTest.Run<UniqueConstraintScenario>(1..s_seeds);

    [Fact]
    public void A_consumer_that_notes_what_it_processed_charges_once() =>
        ServicesTest.Run<OutboxDedup>(1..s_seeds);

    [Fact]
    public void A_version_that_every_write_changes_charges_once() =>
        ServicesTest.Run<VersionBumped>(1..s_seeds);

    [Fact]
    public void A_key_noted_after_the_effect_charges_twice() =>
        Breaks<KeyAfterEffectScenario>(1, "exactly-once");

    [Fact]
    public void A_key_noted_before_the_effect_is_stuck() => Breaks<KeyBeforeEffectScenario>(1, "keys-settle");

    [Fact]
    public void A_key_in_a_cache_that_fails_over_charges_twice() =>
        Breaks<KeyInAsyncCacheScenario>(3, "exactly-once");

    [Fact]
    public void A_version_that_no_write_changes_loses_payments() =>
        Breaks<VersionNeverBumped>(1, "exactly-once");

    [Fact]
    public void A_consumer_that_notes_nothing_charges_twice() => Breaks<AtLeastOnce>(15, "exactly-once");

    [Fact]
    public void A_service_without_keys_charges_twice() => Breaks<NoKeyScenario>(4, "exactly-once");

    static void Breaks<TScenario>(int seed, string promise)
        where TScenario : IServicesScenario
    {
        var broken = Assert.Throws<ServicesTestException>(() => ServicesTest.Run<TScenario>(seed..seed));

        Assert.Contains($"{promise}: ", broken.Message, StringComparison.Ordinal);
        Assert.Contains($"seed {seed}:", broken.Message, StringComparison.Ordinal);
    }
}
