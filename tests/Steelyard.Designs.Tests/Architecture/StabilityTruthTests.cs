using System.Globalization;
using Steelyard.Analysis.Tests.Laws;
using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Architecture;

/// <summary>Published scenarios of storms and stale queues, whose verdicts and figures must come
/// out.</summary>
public sealed class StabilityTruthTests
{
    const int Seeds = 12;

    // Their figures are means over twelve seeds of another model; of what falls either way from seed to seed
    // (a standard error of a tenth and more) only twelve are a small sample.
    const double Within = 3;
    const double LeastError = 0.03;

    public static IEnumerable<object[]> Rows() => TruthRows.Of("stability", "Architecture")
        .Select(row => new object[] { row["scenario"], row["variant"] });

    [Theory]
    [MemberData(nameof(Rows))]
    public void Goodput_is_as_published(string scenario, string variant)
    {
        var row = TruthRows.Of("stability", "Architecture").Single(
            one => one["scenario"] == scenario && one["variant"] == variant);
        var graph = GraphOf(scenario, variant);
        var rate = ((ClientsPart)graph.PartOf("clients")).Rate!.Value;

        var runs = Enumerable.Range(1, Seeds).AsParallel()
            .Select(seed => Simulated.Run(graph, (ulong)seed)).ToList();

        MustAgree(row["goodput_0_5s"], runs, 0, 5, rate, publishedError: 0.02);
        MustAgree(row["goodput_12_18s"], runs, 12, 18, rate, publishedError: 0.06);
        MustAgree(row["goodput_50_60s"], runs, 50, 60, rate, row["se_50_60s"].Number());
    }

    static void MustAgree(
        string published, IReadOnlyList<ArchitectureAccount> runs, double from, double to, double rate,
        double publishedError)
    {
        var expected = published.Number();
        var found = runs.Select(run => Answered(run, from, to) / (rate * (to - from))).ToList();
        var mean = found.Average();
        var error = Math.Sqrt(found.Sum(one => (one - mean) * (one - mean)) / (Seeds - 1) / Seeds);
        var most = Within * Math.Sqrt((error * error) + (publishedError * publishedError)) + LeastError;
        Assert.True(
            Math.Abs(mean - expected) <= most,
            string.Create(
                CultureInfo.InvariantCulture, $"{from} to {to} s: {mean:F3} ± {error:F3}, not {expected}"));
    }

    // Answers that clients got in time, by when they got them.
    static double Answered(ArchitectureAccount run, double from, double to)
    {
        const double rounding = 1e-9;
        var meter = run.MeterOf("clients", 0);
        var seconds = meter.WindowNs / 1e9;
        return meter.Windows.Index()
            .Where(one =>
                one.Index * seconds >= from - rounding && (one.Index + 1) * seconds <= to + rounding)
            .Sum(one => one.Item.Answered);
    }

    static ArchitectureGraph GraphOf(string scenario, string variant) => scenario switch
    {
        "retry storm" => Of(70, 2, 5, "exp 100ms", "1s", Down(5, 5)).Changed(
            call => call with
            {
                Retries = variant.StartsWith("no ", StringComparison.Ordinal) ? 0 : (int)variant.Number(),
            },
            server => server with { DropExpired = variant.Contains("dropped", StringComparison.Ordinal) }),
        "stale queue" => Of(90, 1, 10, "exp 100ms", "1s", new DegradeFault
        {
            At = Seconds(8), For = Seconds(8), Nodes = ["server"], How = DegradeFault.Slow, By = 3,
        }).Changed(
            call => call,
            server => server with
            {
                Queue = variant.Contains("bounded to", StringComparison.Ordinal)
                    ? (int)variant.After("bounded to ") : null,
            }),
        // Who is refused at once asks the next one.
        "sinkhole" => Of(150, 3, 20, "exp 50ms", "2s", Down(8, 10)).Changed(
            call => call with
            {
                Retries = 3, Balance = variant.Contains("least", StringComparison.Ordinal)
                    ? Balancing.LeastOpen : Balancing.RoundRobin,
            },
            server => server),
        "at capacity" => Of(variant.Number(), 1, 10, "exp 100ms", "1s", fault: null),
        _ => throw new InvalidOperationException($"no graph of {scenario}"),
    };

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    // Down is refusing at once: its machine is there, and the process is not.
    static DegradeFault Down(double at, double lasts) => new()
    {
        At = Seconds(at), For = Seconds(lasts), Nodes = ["server-1"], How = DegradeFault.Refuse,
    };

    static ArchitectureGraph Of(
        double rate, int servers, int slots, string time, string timeout, Fault? fault) => new("scenario",
    [
        new ClientsPart("clients")
        {
            Rate = rate,
            Calls = [new("server") { Timeout = Steelyard.Worlds.Contracts.Durations.Parse(timeout) }],
        },
        new ServicePart("server") { Instances = servers, Workers = slots, Time = TakesTime.Parse(time) },
    ])
    {
        Link = TakesTime.Nothing,
        Duration = Seconds(60),
        Settle = Seconds(40),
        Faults = fault is null ? FaultPlan.None : new([fault]),
    };
}

/// <summary>Changes of the two parts of a scenario.</summary>
file static class Changes
{
    public static ArchitectureGraph Changed(
        this ArchitectureGraph graph, Func<Edge, Edge> call, Func<ServicePart, ServicePart> server)
    {
        var clients = graph.PartOf("clients");
        return graph.With(clients with { Calls = [call(clients.Calls[0])] })
            .With(server((ServicePart)graph.PartOf("server")));
    }
}
