using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Metrics;

/// <summary>Requests are counted: exactly, a sample of them, as many as get through, or together.</summary>
internal sealed class MetricsDesign : ArchitectureSystem
{
    const string Sampled = "sampled";
    const string Aggregated = "aggregated";
    const string Exact = "exact";
    const string Lossy = "lossy";

    /// <inheritdoc/>
    public override string Name => "metrics";

    /// <inheritdoc/>
    public override string Summary =>
        "requests are counted: each, a sample, as many as get through, or many together";

    /// <inheritdoc/>
    public override string Story =>
        "A thousand requests a second are to be counted by a counter that takes 500 messages. A sample of"
        + " one in ten is off by 2.8 % of 30,067 requests, as chance says (one standard deviation is 1.7 %),"
        + " and the counter is 21 % busy. Exact means that each request waits for the counter: with one p99"
        + " is 17 s, and with three (--counting exact --counters 3) it is right at three times the price and"
        + " 5 ms each. As many as get through is the wrong kind of approximate: the count is off by half,"
        + " always to the same side, most when there is most to see, and nothing tells. Gathered for a second"
        + " and sent as one message it is exact and costs 30 messages, but for the second that a crash takes"
        + " along. So what is approximate is fine where the error is known: sampling tells its error, loss"
        + " does not.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--counting exact", "each request waits for a counter that cannot keep up"),
        new("--counting lossy", "a count that is off, and nothing tells by how much"),
        new("--counting aggregated", "exact, until a crash takes a second along"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice("counting", "What is sent to the counter", Sampled, Aggregated, Exact, Lossy),
        Count("one-in", 10, "Of how many requests one is sampled"),
        Count("counters", 1, "Instances that count, each 500 messages a second"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var counting = options.Choice("counting");
        var oneIn = counting == Sampled ? options.Count("one-in") : 1;
        return new(Name,
        [
            new ClientsPart("users") { Rate = 1_000, Calls = [new("app")] },
            new ServicePart("app")
            {
                Time = TakesTime.Exponential(TimeSpan.FromMilliseconds(5)),
                Calls =
                [
                    new(counting switch { Lossy => "buffer", Aggregated => "gatherer", _ => "counter" })
                    {
                        Share = 1.0 / oneIn, Async = counting is Sampled or Aggregated,
                    },
                ],
            },
            .. counting != Lossy ? Array.Empty<Part>() :
            [
                new QueuePart("buffer")
                {
                    Size = 100, WhenFull = QueuePart.DropOldest, Consumers = 4, Durable = false,
                    Calls = [new("counter")],
                },
            ],
            .. counting != Aggregated ? Array.Empty<Part>() :
            [
                new BatcherPart("gatherer")
                {
                    Size = 100_000, Linger = TimeSpan.FromSeconds(1), Calls = [new("counter")],
                },
            ],
            new ServicePart("counter")
            {
                Instances = options.Count("counters"), Workers = 2,
                Time = TakesTime.Always(TimeSpan.FromMilliseconds(4)), Counts = oneIn, Price = 1,
            },
        ])
        {
            Summary = counting switch
            {
                Sampled => $"one request in {oneIn} is counted, and stands for all of them",
                Aggregated => "what was counted in a second is sent as one message",
                Exact => "each request waits until it is counted",
                _ => "requests are counted as far as the counter keeps up",
            },
            Duration = TimeSpan.FromSeconds(30),
            Settle = TimeSpan.FromSeconds(5),
            Slo = TimeSpan.FromMilliseconds(200),
            Limits =
            [
                MeasuredLimit.Parse("latency-p99 < 100ms"), MeasuredLimit.Parse("availability > 99%"),
                MeasuredLimit.Parse("counter-count-off < 10%"),
            ],
        };
    }
}
