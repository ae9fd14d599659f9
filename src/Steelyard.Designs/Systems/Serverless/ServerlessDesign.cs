using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Serverless;

/// <summary>Functions that start when somebody calls them, and go when nobody does.</summary>
internal sealed class ServerlessDesign : ArchitectureSystem
{
    const string Functions = "functions";
    const string Servers = "servers";

    /// <inheritdoc/>
    public override string Name => "serverless";

    /// <inheritdoc/>
    public override string Summary =>
        "functions that start on demand: who pays for idle ones, and who waits for cold ones";

    /// <inheritdoc/>
    public override string Story =>
        "A function of 100 ms is called every 20 s, at random. Idle ones are kept warm for 60 s;"
        + " whoever comes after a longer gap waits a second more. Gaps are longer e^-3 of the time, 5 %,"
        + " and with --warm 0 56 of 1,067 calls are cold: the 99th percentile is 1,160 ms. Kept warm for"
        + " 20 s, 38 % are. With one that is always warm only those are cold that come while it is at"
        + " work, 3 calls, and the 99th percentile is 481 ms. It has its price: 0.26 an hour in place of"
        + " 0.0075, all paid by use. A server of four workers that is always there costs 1.00; from ten"
        + " calls a second on it is the cheaper one.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--warm 0", "who comes after a long gap waits for a cold start"),
        new("--run-on servers", "a server that is always there, and always paid"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice(
            "run-on", "Functions, paid by use, or a server that is always there", Functions, Servers),
        Count("warm", 1, "Functions that are always warm (provisioned)", least: 0),
        Time("keep-warm", "60s", "How long an idle function is kept warm"),
        Time("cold-start", "1s", "How long a cold one takes to start; 0s is none"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var cold = options.Duration("cold-start");
        var function = new ServicePart("function") { Time = TakesTime.Parse("exp 100ms") };
        return new(Name,
        [
            new ClientsPart("devices")
            {
                Rate = 0.05,
                Calls = [new("function")],
            },
            options.Choice("run-on") == Servers ? function with { Workers = 4, Price = 1 } : function with
            {
                ColdStart = cold > TimeSpan.Zero ? cold : null, KeepWarm = options.Duration("keep-warm"),
                Warm = options.Count("warm"), WorkPrice = 1, WarmPrice = 0.25,
            },
        ])
        {
            Summary = options.Choice("run-on") == Servers ? "a server of four workers that is always there"
                : FormattableString.Invariant($"functions, {options.Count("warm")} of them always warm"),
            Slo = TimeSpan.FromSeconds(1),
            Duration = TimeSpan.FromHours(6),
            Settle = TimeSpan.FromSeconds(10),
            Limits = [MeasuredLimit.Parse("latency-p99 < 1s")],
        };
    }
}
