using Steelyard.Services.Designs.Payments;
using Steelyard.Services.Designs.Payments.Variants;
using Steelyard.Services.Designs.Payments.Variants.Caches;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The payments service with one client that acts out a case. Each case has a world of its
/// own.</summary>
internal sealed class SampleWorld(PaymentVariant variant, Seed seed) : IProbedWorld
{
    static readonly TimeSpan ShortLifetime = TimeSpan.FromSeconds(20);

    /// <summary>How the sample is asked.</summary>
    public static ProbeSettings Settings { get; } = new()
    {
        Operations = [.. PaymentsScenario.Hosts.Select(host => new Uri($"http://{host}/payments"))],
        Effects = new($"http://{PaymentsScenario.Hosts[^1]}/ledger"),
        FailingPayload = """{"reference":"{id}","from":3,"to":2,"amount":99000}""",
        Remedy = new($"http://{PaymentsScenario.Hosts[0]}/accounts/3/deposits?amount=99000"),
        InvalidPayload = """{"reference":"{id}","from":1,"to":2,"amount":0}""",
        TenantHeader = "Tenant",
        Settle = TimeSpan.FromSeconds(3),
    };

    /// <summary>The variant.</summary>
    public PaymentVariant Variant => variant;

    /// <inheritdoc/>
    public IReadOnlyList<string> Hosts { get; } =
        [.. AddTo(new(), variant).ToScenario("payments", "").Cluster.Nodes.Select(node => node.Name)];

    /// <inheritdoc/>
    public IReadOnlyList<string> Takers => PaymentsScenario.Hosts;

    /// <inheritdoc/>
    public IReadOnlyList<string> KeyStore =>
        variant.NeedsCache ? CacheApi.Hosts : [PaymentsScenario.Database];

    /// <summary>Acts out a case with keys that soon expire, where they do.</summary>
    public CaseResult RunWithShortLifetime(ConformanceCase of, Func<Probe, Task<CaseResult>> act) => Run(
        of, act, FaultPlan.None, null,
        Settings with { Lifetime = variant.KeysExpire ? ShortLifetime : null },
        FormattableString.Invariant($"--Idempotency:LifetimeSeconds={ShortLifetime.TotalSeconds}"));

    /// <inheritdoc/>
    public CaseResult Run(
        ConformanceCase of, Func<Probe, Task<CaseResult>> act, FaultPlan plan, ITraceSink? trace) =>
        Run(of, act, plan, trace, Settings);

    CaseResult Run(
        ConformanceCase of, Func<Probe, Task<CaseResult>> act, FaultPlan plan, ITraceSink? trace,
        ProbeSettings settings, params string[] arguments)
    {
        CaseResult? result = null;
        var scenario = AddTo(new(), variant, arguments)
            .Drive(CaseClient.Load(async client =>
                result = await act(new(of, settings, client.Http, client.Clock, "case"))))
            .ToScenario("payments", variant.Summary);
        new ServicesSimulation().Execute(scenario, plan, seed, RunControl.None with { Trace = trace });
        return result ?? new(of, CaseOutcome.Fail, "it was never over", [], null);
    }

    static ServicesWorld AddTo(ServicesWorld world, PaymentVariant variant, params string[] arguments) =>
        PaymentsScenario.AddHosts(world, variant, arguments).AddHost(SqlFacts.Host, SqlFacts.Create)
            .Drive(CaseClient.Load(static _ => Task.CompletedTask));
}
