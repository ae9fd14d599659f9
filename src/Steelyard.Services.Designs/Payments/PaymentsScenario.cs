using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Analysis.Effects;
using Steelyard.Histories;
using Steelyard.Services.Designs.Live;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Api;
using Steelyard.Services.Designs.Payments.Promises;
using Steelyard.Services.Designs.Payments.Variants;
using Steelyard.Services.Designs.Payments.Variants.Caches;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Payments;

/// <summary>A payments API whose clients retry: each payment must be charged once.</summary>
internal sealed class PaymentsScenario()
    : ServiceDesign<PaymentVariant>(PaymentVariant.All, "how retries are made safe, or not"), ILiveService
{
    /// <summary>The database.</summary>
    public const string Database = "ledger-db";

    const double UsualRatePerSecond = 50;

    // Crashes come and go this often, each for this long; whether one hits the moment is the seed's luck.
    static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan CrashFor = TimeSpan.FromMilliseconds(700);

    /// <summary>The hosts that take payments.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["payments-1", "payments-2"];

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
    public string DatabaseHost => Database;

    /// <inheritdoc/>
    public string ReadyPath => "ledger";

    /// <inheritdoc/>
    public double LiveRatePerSecond => 150;

    /// <inheritdoc/>
    protected override string Cluster => "two hosts and a database";

    /// <inheritdoc/>
    protected override IReadOnlyList<IChecker> Promises { get; } =
        [new ExactlyOnce(PaymentsWorkload.Pay), new KeysSettle()];

    /// <summary>Adds the hosts: two of the API, its database, and caches where keys live there.</summary>
    /// <param name="world">To this world.</param>
    /// <param name="variant">What the API is built with.</param>
    /// <param name="settings">Settings of the API, as on a command line.</param>
    public static ServicesWorld AddHosts(
        ServicesWorld world, PaymentVariant variant, params string[] settings)
    {
        foreach (var host in Hosts)
            world.AddHost(host, args => CreateHost(host, variant, [.. args, .. settings]));
        world.AddDatabase(Database);
        if (variant.NeedsCache)
            foreach (var host in CacheApi.Hosts)
                world.AddHost(host, args => CreateHost(host, variant, args));

        world.Tolerance = new()
        {
            NodesDown = 1, Amnesia = true, ClockSkew = TimeSpan.FromSeconds(1), ClockDriftPpm = 1_000,
        };
        return world;
    }

    // Accounts hold as much for the load as they do in the services world, where some run short at last.
    /// <inheritdoc/>
    public IEnumerable<string> SettingsFor(double ratePerSecond) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"--{Ledger.OpeningSetting}={Ledger.OpeningCents * ratePerSecond / UsualRatePerSecond:0}"),
    ];

    /// <inheritdoc/>
    public WebApplication CreateHost(
        string host, string variant, string[] args, Action<IServiceCollection> register) =>
        CreateHost(host, PaymentVariant.All.Named(variant), args, services =>
        {
            services.AddSingleton(LedgerTongue.Postgres);
            register(services);
        });

    /// <inheritdoc/>
    protected override void AddHosts(ServicesWorld world, PaymentVariant variant) =>
        AddHosts(world, variant, []);

    /// <inheritdoc/>
    protected override ServicesLoad LoadOf(PaymentVariant variant, int? clients)
    {
        var all = clients ?? 10;
        // Of the run that is going on: clients tell it what they were never answered.
        var workload = new PaymentsWorkload(all);
        return new(
            () => workload = new(all),
            (client, hosts) =>
                new PaymentsClient(client, hosts, payment => workload.NoteUnanswered(payment)))
        {
            RatePerSecond = UsualRatePerSecond,
        };
    }

    /// <inheritdoc/>
    protected override FaultPlan StoryFaults(PaymentVariant variant, TimeSpan duration) =>
        // Whoever holds the keys is the one to crash.
        Stories.CrashesInTurn(variant.NeedsCache ? CacheApi.Hosts : Hosts, CrashEvery, CrashFor, duration);

    static WebApplication CreateHost(
        string host, PaymentVariant variant, string[] args, Action<IServiceCollection>? register = null) =>
        CacheApi.PlaceOf(host) is { } place
            ? CacheApi.Create(args, place, register)
            : PaymentsApi.Create(args, variant, register);
}
