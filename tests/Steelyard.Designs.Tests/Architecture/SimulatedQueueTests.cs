using System.Globalization;
using Steelyard.Analysis.Tests.Laws;
using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Histories.Measuring;
using Xunit.Abstractions;

namespace Steelyard.Designs.Tests.Architecture;

/// <summary>Simulated queues against their closed forms; a unit of time is 10 ms.</summary>
public sealed class SimulatedQueueTests(ITestOutputHelper output)
{
    const double UnitMs = 10;
    const string Exponential = "exp 10ms";
    const double PerSecond = 1_000 / UnitMs;

    static readonly bool s_isLong = Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1";

    /// <summary>A queue, and how many requests come to it.</summary>
    /// <param name="Load">Requests in a mean time of service.</param>
    /// <param name="Time">How long each takes.</param>
    /// <param name="Servers">Servers.</param>
    /// <param name="IsLossy">Whether who finds no server idle is turned away.</param>
    sealed record Queue(double Load, string Time, int Servers, bool IsLossy)
    {
        double Utilisation => IsLossy ? 0 : Load / Servers;

        /// <summary>Whether it comes near its closed form within seconds.</summary>
        public bool IsSoonNear => Utilisation <= 0.95;

        // The busier, the longer a queue remembers: as one over the square of what its servers are idle.
        int Requests => Utilisation switch
        {
            <= 0.85 => s_isLong ? 10_000_000 : 120_000,
            <= 0.9 => s_isLong ? 10_000_000 : 200_000,
            <= 0.95 => s_isLong ? 20_000_000 : 400_000,
            _ => 40_000_000,
        };

        public ArchitectureAccount Run() => Simulated.Run(Simulated.Station(
            Load * PerSecond, Time, Servers, Requests, IsLossy ? 0 : null));
    }

    /// <summary>A row, what was measured, and what must have been.</summary>
    sealed record Case(string Name, Measurement Measured, double Expected)
    {
        public bool IsWithin => Measured.Low <= Expected && Expected <= Measured.High;

        public double Off => Math.Abs(Measured.Value - Expected) / Math.Abs(Expected);

        // The interval reaches 1.96 errors to either side.
        public double Errors => Math.Abs(Measured.Value - Expected) * 2 * 1.96 / (Measured.High!.Value
            - Measured.Low!.Value);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}: {Measured.Value:G6} ({Measured.Low:G6} to {Measured.High:G6}), not {Expected:G6}:"
                + $" {Off:P2}, {Errors:F1} errors");
    }

    [Fact]
    public void Closed_forms_lie_in_the_intervals_of_their_simulations()
    {
        var rows = TruthRows.Of("queueing", "Architecture").Where(row =>
            row["kind"] is "M/M/1" or "M/M/c" or "M/M/c/c" or "M/G/1 (Pollaczek-Khinchine)")
            .Where(row => s_isLong || Simulation(row).IsSoonNear).ToList();
        var cases = rows.GroupBy(Simulation).AsParallel().AsOrdered().SelectMany(queue =>
        {
            var account = queue.Key.Run();
            return queue.Select(row => CaseOf(row, queue.Key, account));
        }).ToList();

        Assert.Equal(rows.Count, cases.Count);
        var all = string.Join('\n', cases);
        output.WriteLine(all);
        // 95 % of the intervals hold what is true: of so many rows two outside are usual, and five are not.
        Assert.True(cases.Count(one => !one.IsWithin) <= cases.Count / 10, all);
        // Far off it is never by chance.
        Assert.All(cases, one => Assert.True(one.Errors < 4.5, $"{one}"));
        if (s_isLong)
            Assert.All(cases, one => Assert.True(one.Off < 0.02 || one.Errors < 3, $"{one}"));
    }

    static Queue Simulation(IReadOnlyDictionary<string, string> row)
    {
        var (kind, name) = (row["kind"], row["case"]);
        var servers = name.StartsWith("c=", StringComparison.Ordinal) ? (int)name.After("c=") : 1;
        return kind switch
        {
            "M/M/c/c" => new(name.After("a="), Exponential, servers, IsLossy: true),
            "M/M/1" or "M/M/c" => new(name.After("rho=") * servers, Exponential, servers, IsLossy: false),
            _ => new(name.After("rho="), Service(row["input"].After("cv2=")), servers, IsLossy: false),
        };
    }

    static Case CaseOf(IReadOnlyDictionary<string, string> row, Queue queue, ArchitectureAccount account)
    {
        var value = row["value"].Number();
        var (id, expected) = row["output"] switch
        {
            // Little's law: of those who wait there are as many as come while one does.
            "mean wait Wq" => ("server-waiting", value * queue.Load),
            "mean response W" => ("latency-mean", value * UnitMs),
            "p99 response" => ("latency-p99", value * UnitMs),
            "mean number in system L" => ("server-there", value),
            // Who finds no worker idle where nobody may wait is lost.
            "Erlang C (P wait)" or "Erlang B (P block)" => ("server-had-to-wait", value),
            var other => throw new InvalidOperationException($"no measurement of {other}"),
        };
        return new($"{row["kind"]} {row["case"]} {row["output"]}", account.Of(id), expected);
    }

    static string Service(double squaredVariation) => squaredVariation switch
    {
        0 => $"{UnitMs}ms",
        < 1 => $"erlang {1 / squaredVariation:0} {UnitMs}ms",
        1 => Exponential,
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
