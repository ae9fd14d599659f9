using Steelyard.Analysis.Effects;
using Steelyard.Services.Designs.Payments.Caches;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Payments;

/// <summary>The hosts of the payments service: two of the API, its database, and caches where keys live
/// there.</summary>
internal static class PaymentsWorld
{
    /// <summary>The hosts that take payments.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["payments-1", "payments-2"];

    /// <summary>The database.</summary>
    public const string Database = "ledger-db";

    /// <summary>One host down at a time, with its memory; clocks a second apart.</summary>
    public static FaultTolerance Tolerance { get; } =
        new() { NodesDown = 1, Amnesia = true, ClockSkew = TimeSpan.FromSeconds(1), ClockDriftPpm = 1_000 };

    /// <summary>Adds the hosts.</summary>
    /// <param name="world">To this world.</param>
    /// <param name="variant">What the API is built with.</param>
    /// <param name="settings">Settings of the API, as on a command line.</param>
    public static ServicesWorld AddPayments(
        this ServicesWorld world, PaymentVariant variant, params string[] settings)
    {
        foreach (var host in Hosts)
            world.AddHost(host, args => PaymentsApplication.Create([.. args, .. settings], variant));
        world.AddDatabase(Database);
        for (var place = 0; place < CacheApplication.Hosts.Count && variant.NeedsCache; place++)
        {
            var mine = place;
            world.AddHost(CacheApplication.Hosts[place], args => CacheApplication.Create(args, mine));
        }

        world.Tolerance = Tolerance;
        return world;
    }

    /// <summary>Adds clients that pay and retry, and the promises: each payment once, each key
    /// answered.</summary>
    public static ServicesWorld DrivePayments(this ServicesWorld world, CommonOptions options)
    {
        var clients = options.Clients ?? 10;
        // Of the run that is going on: clients tell it what they were never answered.
        var workload = new PaymentsWorkload(clients);
        return world.Drive(
                new(
                    () => workload = new(clients),
                    (client, hosts) => new PaymentsClient(
                        client, hosts, Hosts, payment => workload.NoteUnanswered(payment)))
                {
                    Clients = clients,
                    RatePerSecond = options.RatePerSecond ?? 50,
                    Duration = options.Duration ?? TimeSpan.FromSeconds(20),
                })
            .Expect(new ExactlyOnce(PaymentsWorkload.Pay), new KeysSettle());
    }
}
