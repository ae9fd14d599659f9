using Steelyard.Histories;
using Steelyard.Services.Designs.Payments.Caches;
using Steelyard.Worlds;

namespace Steelyard.Services.Designs.Payments;

/// <summary>A payments API whose clients retry: each payment must be charged once.</summary>
public sealed class PaymentsDesign : IDesign
{
    // Crashes come and go this often, each for this long; whether one hits the moment is the seed's luck.
    static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan CrashFor = TimeSpan.FromMilliseconds(700);

    /// <inheritdoc/>
    public string Name => "payments";

    /// <inheritdoc/>
    public string Summary =>
        "A payments API in ASP.NET Core whose clients retry: each payment is charged once, or it is not.";

    /// <inheritdoc/>
    public string Story =>
        "Two hosts take payments and charge them in one database; clients send a payment again, under the"
        + " same idempotency key, until they are answered. Hosts crash every two seconds. A crash between the"
        + " charge and the note of its key makes the retry a second charge; a crash between the note and the"
        + " charge makes it no charge at all, and the client hears \"in progress\" for ever. Only where both"
        + " are committed in one transaction does the retry find all or nothing.";

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            "variant", "how retries are made safe, or not",
            [.. PaymentVariant.All.Select(variant => variant.Name)]),
    ];

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        if (options.Common.Nodes is not null)
            throw new UserMistakeException(
                "--nodes: expected none, since the payments service has hosts of its own");
        var variant = PaymentVariant.Find(options.Choice("variant"));
        var scenario = new ServicesWorld().AddPayments(variant).DrivePayments(options.Common)
            .ToScenario(Name, $"two hosts and a database: {variant.Summary}");
        return scenario with { StoryFaults = StoryOf(variant, scenario.Duration) };
    }

    // Whoever holds the keys is the one to crash.
    static FaultPlan StoryOf(PaymentVariant variant, TimeSpan duration)
    {
        var hosts = variant.NeedsCache ? CacheApplication.Hosts : PaymentsWorld.Hosts;
        var faults = new List<Fault>();
        for (var at = CrashEvery; at + CrashFor < duration; at += CrashEvery)
        {
            var next = hosts[faults.Count % hosts.Count];
            faults.Add(new CrashFault { At = at, For = CrashFor, Nodes = [next] });
        }

        return new(faults);
    }
}
