using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Caches;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Payments;

/// <summary>A payments API whose clients retry: each payment must be charged once.</summary>
public sealed class PaymentsDesign()
    : VariantDesign<PaymentVariant>(
        PaymentVariant.All, "how retries are made safe, or not", "the payments service has hosts of its own")
{
    // Crashes come and go this often, each for this long; whether one hits the moment is the seed's luck.
    static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan CrashFor = TimeSpan.FromMilliseconds(700);

    /// <inheritdoc/>
    public override string Name => "payments";

    /// <inheritdoc/>
    public override string Summary =>
        "A payments API in ASP.NET Core whose clients retry: each payment is charged once, or it is not.";

    /// <inheritdoc/>
    public override string Story =>
        "Two hosts take payments and charge them in one database; clients send a payment again, under the"
        + " same idempotency key, until they are answered. Hosts crash every two seconds. A crash between the"
        + " charge and the note of its key makes the retry a second charge; a crash between the note and the"
        + " charge makes it no charge at all, and the client hears \"in progress\" for ever. Only where both"
        + " are committed in one transaction does the retry find all or nothing.";

    /// <inheritdoc/>
    private protected override Scenario Build(PaymentVariant variant, CommonOptions common)
    {
        var scenario = new ServicesWorld().AddPayments(variant).DrivePayments(common)
            .ToScenario(Name, $"two hosts and a database: {variant.Summary}");
        // Whoever holds the keys is the one to crash.
        var hosts = variant.NeedsCache ? CacheApplication.Hosts : PaymentsWorld.Hosts;
        return scenario with
        {
            StoryFaults = Stories.CrashesInTurn(hosts, CrashEvery, CrashFor, scenario.Load.Duration),
        };
    }
}
