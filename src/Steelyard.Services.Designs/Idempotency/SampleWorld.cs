using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Designs.Payments;
using Steelyard.Services.Designs.Payments.Variants;
using Steelyard.Services.Designs.Payments.Variants.Caches;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The payments service with one client that acts out a case. Each case has a world of its
/// own.</summary>
internal sealed class SampleWorld(PaymentVariant variant, Seed seed)
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

    // When its hosts have started.
    static readonly RecordedWorkload s_once = new([new(500_000_000, 0, new("case", Value.Nil, Value.Nil))]);

    /// <summary>How many hosts the world has; the client's address comes after theirs.</summary>
    public int Hosts { get; } =
        PaymentsScenario.Hosts.Count + (variant.NeedsCache ? CacheApi.Hosts.Count : 0) + 2;

    /// <summary>Acts out a case with keys that soon expire, where they do.</summary>
    public CaseResult RunWithShortLifetime(ConformanceCase of, Func<Probe, Task<CaseResult>> act) => Run(
        of, act, FaultPlan.None, null,
        Settings with { Lifetime = variant.KeysExpire ? ShortLifetime : null },
        FormattableString.Invariant($"--Idempotency:LifetimeSeconds={ShortLifetime.TotalSeconds}"));

    /// <summary>Acts out a case.</summary>
    /// <param name="of">The case.</param>
    /// <param name="act">What its client does.</param>
    /// <param name="plan">What breaks meanwhile.</param>
    /// <param name="trace">Who watches; null is nobody.</param>
    public CaseResult Run(
        ConformanceCase of, Func<Probe, Task<CaseResult>> act, FaultPlan plan, ITraceSink? trace) =>
        Run(of, act, plan, trace, Settings);

    CaseResult Run(
        ConformanceCase of, Func<Probe, Task<CaseResult>> act, FaultPlan plan, ITraceSink? trace,
        ProbeSettings settings, params string[] arguments)
    {
        CaseResult? result = null;
        var scenario = PaymentsScenario.AddHosts(new(), variant, arguments)
            .AddHost(SqlFacts.Host, SqlFacts.Create)
            .Drive(new(
                s_once.CreateWorkload,
                (world, hosts) => new CaseClient(world, hosts, async (http, clock) =>
                    result = await act(new(of, settings, http, clock, "case"))))
            {
                Clients = 1,
                Arrivals = s_once.Arrivals,
                Duration = TimeSpan.FromSeconds(60),
            })
            .ToScenario("payments", variant.Summary);
        new ServicesSimulation().Execute(scenario, plan, seed, RunControl.None with { Trace = trace });
        return result ?? new(of, CaseOutcome.Fail, "it was never over", [], null);
    }

    sealed class CaseClient(
        IClientWorld world, IReadOnlyList<string> hosts, Func<HttpClient, TimeProvider, Task> act)
        : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            await act(Http, World.Clock);
            return Completion.Ok(Value.Nil);
        }
    }
}
