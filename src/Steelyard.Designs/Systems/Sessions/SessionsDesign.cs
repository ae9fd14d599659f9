using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Systems.Sessions;

/// <summary>Where the state of sessions is kept, while instances come and go.</summary>
internal sealed class SessionsDesign : ArchitectureSystem
{
    const string Store = "store";
    const string Token = ServicePart.Token;
    const string Crash = "crash";
    const string Deploy = "deploy";
    const string ScaleIn = "scale-in";
    const int Instances = 4;

    static readonly TimeSpan s_load = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override string Name => "sessions";

    /// <inheritdoc/>
    public override string Summary =>
        "carts of sessions in memory, in a token or in a shared store, while instances come and go";

    /// <inheritdoc/>
    public override string Story =>
        "Four instances, a thousand sessions with carts. In the memory of an instance they are nearest"
        + " (6.1 ms on average) and go with it: a crash loses 167 carts with 261 items, scaling in by one"
        + " instance 158 in good order, and a rolling deployment 1,885 of 2,942 items, though not one request"
        + " fails. Draining ends requests, not sessions. In a shared store (6.9 ms: one round trip more) or"
        + " in a signed token that the client sends each time (6.2 ms, and 2.8 KB an operation in place of"
        + " 0.8) nothing is lost. What a token cannot do, be taken back before it runs out, this run does not"
        + " show. Stateless is not the same as without a trace: a crash fails 145 requests, the quarter that"
        + " goes to that instance until two health checks have missed it. And memory without sticky sessions"
        + " needs no crash at all (--state memory --event nothing --balance round-robin): half of all reads"
        + " miss what their own session wrote.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--state memory", "a crash takes carts along"),
        new("--state memory --event deploy", "a deployment that fails no request and forgets everybody"),
        new("--state token", "nothing to lose, and more to send"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice(
            "state", "Where a session's state is kept", Store, Token, ServicePart.InMemory),
        DesignOption.Choice(
            "event", "What becomes of the four instances", Crash, Deploy, ScaleIn, "nothing"),
        DesignOption.Choice(
            "balance", "Whether a session stays at one instance", Balancing.Sticky, Balancing.RoundRobin),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var state = options.Choice("state");
        return new(Name,
        [
            new ClientsPart("users")
            {
                Rate = 500, Sessions = 1_000, Keys = 1_000, Reads = 0.8,
                TokenBytes = state == Token ? 1_000 : 0, Calls = [new("balancer")],
            },
            new LoadBalancerPart("balancer")
            {
                Calls =
                [
                    new("api")
                    {
                        Balance = options.Choice("balance"), Timeout = TimeSpan.FromMilliseconds(500),
                        Health = TimeSpan.FromMilliseconds(500), HealthThreshold = 2,
                    },
                ],
            },
            new ServicePart("api")
            {
                Instances = Instances, Workers = 16, State = state == Store ? ServicePart.NoState : state,
                // To check a signature costs what it costs.
                Time = TakesTime.Exponential(TimeSpan.FromMicroseconds(state == Token ? 5_100 : 5_000)),
                Calls = state == Store ? [new("store")] : [],
            },
            .. state != Store ? Array.Empty<Part>() :
            [
                new DatabasePart("store")
                {
                    Workers = 8, Time = TakesTime.Exponential(TimeSpan.FromMicroseconds(300)),
                    WriteTime = TakesTime.Exponential(TimeSpan.FromMicroseconds(300)),
                },
            ],
        ])
        {
            Summary = state switch
            {
                Store => "instances keep nothing; a shared store has what a session has done",
                Token => "instances keep nothing; a session carries a signed token with what it has done",
                _ => "each instance has in memory what its sessions have done",
            },
            Faults = new(Faults(options.Choice("event")).ToList()),
            Duration = s_load,
            Settle = TimeSpan.FromSeconds(5),
            Slo = TimeSpan.FromMilliseconds(200),
            Limits =
            [
                MeasuredLimit.Parse("own-writes-missed = 0"), MeasuredLimit.Parse("availability > 98%"),
            ],
        };
    }

    static IEnumerable<Fault> Faults(string what)
    {
        var at = TimeSpan.FromSeconds(10);
        switch (what)
        {
            case Crash:
                yield return new CrashFault { At = at, For = TimeSpan.FromSeconds(5), Nodes = ["api-1"] };
                break;
            case Deploy:
                for (var instance = 1; instance <= Instances; instance++, at += TimeSpan.FromSeconds(4))
                    yield return Restart(at, TimeSpan.FromSeconds(3), instance);
                break;
            case ScaleIn:
                yield return Restart(at, s_load - at, Instances);
                break;
        }
    }

    static DegradeFault Restart(TimeSpan at, TimeSpan time, int instance) => new()
    {
        At = at, For = time, How = DegradeFault.Restart,
        Nodes = [FormattableString.Invariant($"api-{instance}")],
    };
}
