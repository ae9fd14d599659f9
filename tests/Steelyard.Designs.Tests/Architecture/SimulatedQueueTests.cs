using Steelyard.Analysis.Tests.Laws;
using Steelyard.Designs.Architecture;
using Steelyard.Histories.Measuring;

namespace Steelyard.Designs.Tests.Architecture;

/// <summary>Simulated queues against their closed forms; a unit of time is 10 ms.</summary>
public sealed class SimulatedQueueTests
{
    const double UnitMs = 10;
    const double PerSecond = 1_000 / UnitMs;

    static readonly bool s_isLong = Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1";
    static readonly int s_requests = s_isLong ? 10_000_000 : 120_000;

    /// <summary>A row, what was measured, and what must have been.</summary>
    sealed record Case(string Name, Measurement Measured, double Expected)
    {
        public bool IsWithin => Measured.Low <= Expected && Expected <= Measured.High;

        public double Off => Math.Abs(Measured.Value - Expected) / Math.Abs(Expected);
    }

    [Fact]
    public void Closed_forms_lie_in_the_intervals_of_their_simulations()
    {
        var cases = TruthRows.Of("queueing", "Architecture").AsParallel().AsOrdered()
            .Select(row => Simulate(row)).OfType<Case>().ToList();

        Assert.True(cases.Count >= 28, $"{cases.Count} rows");
        var outside = cases.Where(one => !one.IsWithin).ToList();
        Assert.True(
            outside.Count <= cases.Count / 10,
            string.Join('\n', outside.Select(one =>
                $"{one.Name}: {one.Measured.Value} ({one.Measured.Low} to {one.Measured.High}), not"
                    + $" {one.Expected}")));
        // Far off it is never by chance.
        Assert.All(cases, one => Assert.True(
            Math.Abs(one.Measured.Value - one.Expected) < 2.5 * (one.Measured.High - one.Measured.Low),
                one.Name));
        if (s_isLong)
            Assert.All(cases, one => Assert.True(one.Off < 0.02, $"{one.Name}: {one.Off:P1} off"));
    }

    // Beyond 95 % the time in which a queue forgets is longer than what a test can look at.
    static Case? Simulate(IReadOnlyDictionary<string, string> row)
    {
        var (kind, name, output, value) = (row["kind"], row["case"], row["output"], row["value"]);
        if (!name.Contains("rho=", StringComparison.Ordinal) && kind != "M/M/c/c")
            return null;
        var load = kind == "M/M/c/c" ? 0 : name.After("rho=");
        if (load > (s_isLong ? 0.9 : 0.85) && kind != "M/M/c")
            return null;
        var servers = name.StartsWith("c=", StringComparison.Ordinal) ? (int)name.After("c=") : 1;
        var (rate, time, id, expected) = (kind, output) switch
        {
            ("M/M/c/c", _) => (name.After("a="), $"exp {UnitMs}ms", "server-had-to-wait", value.Number()),
            ("M/G/1 (Pollaczek-Khinchine)", _) =>
                (load, Service(row["input"].After("cv2=")), "latency-mean", (value.Number() + 1) * UnitMs),
            (_, "mean wait Wq") =>
                (load * servers, $"exp {UnitMs}ms", "latency-mean", (value.Number() + 1) * UnitMs),
            (_, "mean response W") => (load, $"exp {UnitMs}ms", "latency-mean", value.Number() * UnitMs),
            (_, "p99 response") => (load, $"exp {UnitMs}ms", "latency-p99", value.Number() * UnitMs),
            (_, "Erlang C (P wait)") =>
                (load * servers, $"exp {UnitMs}ms", "server-had-to-wait", value.Number()),
            (_, "mean number in system L") => (load, $"exp {UnitMs}ms", "server-there", value.Number()),
            _ => throw new InvalidOperationException($"no simulation of {kind}, {output}"),
        };
        var isLossy = kind == "M/M/c/c";
        var account = Simulated.Run(Simulated.Station(
            rate * PerSecond, time, servers, s_requests, isLossy ? 0 : null));
        // Who finds no worker idle where nobody may wait is lost.
        return new(
            $"{kind} {name} {output}", account.Of(isLossy ? "server-had-to-wait" : id), expected);
    }

    static string Service(double squaredVariation) => squaredVariation switch
    {
        0 => $"{UnitMs}ms",
        < 1 => $"erlang {1 / squaredVariation:0} {UnitMs}ms",
        1 => $"exp {UnitMs}ms",
        _ => $"hyper {squaredVariation} {UnitMs}ms",
    };

    [Fact]
    public void Little_s_law_holds_of_every_part()
    {
        var account = Simulated.Run(Simulated.Station(0.7 * PerSecond, $"exp {UnitMs}ms", 1, 300_000));
        var rate = account.Counted.Answered / account.Graph.Duration.TotalSeconds;
        var inSystem = account.Of("server-there").Value;

        Assert.InRange(inSystem / (rate * account.Counted.Latencies.MeanNs / 1e9), 0.99, 1.01);
    }

    [Theory]
    [InlineData("exp 10ms")]
    [InlineData("10ms")]
    [InlineData("hyper 4 10ms")]
    public void Loss_does_not_depend_on_the_distribution_of_service(string time)
    {
        var account = Simulated.Run(Simulated.Station(2 * PerSecond, time, 3, 200_000, queue: 0));

        Assert.InRange(account.Of("server-had-to-wait").Value, 0.2105 * 0.98, 0.2105 * 1.02);
    }

    [Theory]
    [InlineData(5, "0s")]
    [InlineData(20, "10ms")]
    [InlineData(50, "40ms")]
    public void A_closed_population_stays_within_its_asymptotic_bounds(int users, string think)
    {
        var graph = Simulated.Station(1, "exp 10ms", 1, 60);
        graph = graph.With(((Steelyard.Designs.Architecture.Parts.ClientsPart)graph.PartOf("clients")) with
        {
            Rate = null, Users = users, Think =
                Steelyard.Designs.Architecture.Settings.TakesTime.Parse(think),
        });

        var account = Simulated.Run(graph);

        var perSecond = account.Counted.Answered / graph.Duration.TotalSeconds;
        var thinkSeconds = think == "0s" ? 0 : think == "10ms" ? 0.01 : 0.04;
        Assert.True(perSecond <= Math.Min(users / (thinkSeconds + 0.01), 100) * 1.03, $"{perSecond}");
        Assert.True(
            perSecond >= 0.9 * Math.Min(users / (thinkSeconds + (users * 0.01)), 100), $"{perSecond}");
    }

    [Fact]
    public void A_batch_fills_in_half_of_what_all_but_one_take_to_come()
    {
        const int size = 20;
        var graph = new ArchitectureGraph("batches",
        [
            new Steelyard.Designs.Architecture.Parts.ClientsPart("clients") { Rate = 1_000, Calls =
                [new("batcher")] },
            new Steelyard.Designs.Architecture.Parts.BatcherPart("batcher")
            {
                Size = size, Linger = null, Calls = [new("server")],
            },
            new Steelyard.Designs.Architecture.Parts.ServicePart("server"),
        ])
        {
            Link = Steelyard.Designs.Architecture.Settings.TakesTime.Nothing,
            Duration = TimeSpan.FromSeconds(200),
        };

        var account = Simulated.Run(graph);

        // (b - 1) / (2 l): what is shorter than the link's ticks rounds away.
        Assert.InRange(account.Of("latency-mean").Value, 9.5 * 0.99, 9.5 * 1.01);
    }
}
