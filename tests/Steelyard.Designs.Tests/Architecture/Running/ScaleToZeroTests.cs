using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;

namespace Steelyard.Designs.Tests.Architecture.Running;

/// <summary>A service that goes down to nothing, and what comes meanwhile.</summary>
public sealed class ScaleToZeroTests
{
    const string Kpa = "kpa:stable-window=6s:grace=4s";

    [Fact]
    public void Knative_takes_the_last_instance_after_window_and_grace_and_the_activator_wakes_it_at_once()
    {
        var run = Simulated.Run(Served(Kpa, least: 0, everySeconds: 60, seconds: 100));

        Assert.Equal([0, 1, 0], run.Scalings.Select(step => step.Instances));
        // It decides each two seconds, with reports that take one: 3 s, and then ten of wanting nothing.
        Assert.Equal(13_000_000_000, run.Scalings[0].TimeNs);
        Assert.Equal(1, run.Of("server-held").Value);
        // Two seconds to start, 50 ms of work, and some links of 10 µs.
        Assert.InRange(run.Counted.Latencies.MaxNs / 1e6, 2_050, 2_050.2);
        Assert.Equal(0, run.Counted.Due - run.Counted.Answered);
    }

    [Fact]
    public void Hours_saved_are_those_without_an_instance()
    {
        var run = Simulated.Run(Served(Kpa, least: 0, everySeconds: 60, seconds: 100));
        var (down, up, again) = (run.Scalings[0].TimeNs, run.Scalings[1].TimeNs, run.Scalings[2].TimeNs);

        // It still takes what comes for a second.
        var without = (up - down - 1_000_000_000) + (run.LoadNs - again - 1_000_000_000);
        // Within the window of time in which the load ends.
        var window = run.MetersOf("server")[0].WindowNs / 1e9;
        Assert.Equal(without / 1e9, run.Of("server-hours-saved").Value * 3600, window);
        Assert.Equal(100 - (without / 1e9), run.Of("server-instances").Value * 100, window);
    }

    [Fact]
    public void One_that_always_stays_costs_more_and_nobody_waits_for_it()
    {
        var none = Simulated.Run(Served(Kpa, least: 0, everySeconds: 30, seconds: 300));
        var one = Simulated.Run(Served(Kpa, least: 1, everySeconds: 30, seconds: 300));

        Assert.InRange(none.Of("latency-p99").Value, 2_000, 2_100);
        Assert.InRange(one.Of("latency-p99").Value, 50, 52);
        Assert.InRange(one.Of("cost").Value, 0.999, 1.001);
        // Of the 300 s of the load, but for the window in which it ends.
        Assert.Equal(1 - (none.Of("server-hours-saved").Value * 12), none.Of("cost").Value, 0.01);
        Assert.InRange(none.Of("cost").Value, 0.4, 0.8);
        Assert.DoesNotContain(one.Measurements, figure => figure.Id == "server-held");
    }

    [Theory]
    [InlineData("keda:cooldown=20s:polling=10s", true)]
    [InlineData("keda:cooldown=20s:polling=10s:metric=queue:activation=1", false)]
    [InlineData("keda:cooldown=20s:polling=10s:metric=requests", true)]
    public void Keda_wakes_it_above_its_threshold_and_not_at_it(string policy, bool wakes)
    {
        // One request, which waits alone: one is not above one.
        var run = Simulated.Run(Served(policy, least: 0, everySeconds: 80, seconds: 150));
        var steps = run.Scalings.Select(step => step.Instances).ToList();

        Assert.Equal(0, steps[0]);
        Assert.Equal(wakes, steps.Contains(1));
        // It polls: what comes waits for its look and for the start.
        var latest = run.Counted.Latencies.MaxNs / 1e6;
        Assert.InRange(latest, wakes ? 2_050 : 0, wakes ? 2_051 + 16_000 : 0);
    }

    [Fact]
    public void A_burst_that_comes_at_zero_is_held_and_scales_it_in_panic()
    {
        var run = Simulated.Run(Burst(Kpa, queue: 10_000));

        Assert.Equal(0, run.Counted.Due - run.Counted.Answered);
        Assert.True(run.Scalings.Max(step => step.Instances) > 2);
        Assert.InRange(run.Of("server-held").Value, 30, 200);
        // Not all at once: never more at an instance than it works at.
        Assert.InRange(run.MetersOf("server").Max(meter => meter.MostWaiting), 0, 5);
    }

    [Fact]
    public void An_activator_that_is_full_refuses()
    {
        var run = Simulated.Run(Burst(Kpa, queue: 5));

        Assert.True(run.MetersOf("server-activator")[0].Ended[(int)CallStatus.Full] > 10);
        Assert.InRange(run.MetersOf("server-activator")[0].MostWaiting, 5, 5);
    }

    [Fact]
    public void What_is_held_longer_than_its_caller_waits_is_dropped()
    {
        var graph = Served(Kpa, least: 0, everySeconds: 60, seconds: 100);
        var clients = (ClientsPart)graph.PartOf("clients");
        var run = Simulated.Run(graph.With(clients with
        {
            Calls = [clients.Calls[0] with { Timeout = TimeSpan.FromSeconds(1) }],
        }));

        Assert.Equal(1, run.MetersOf("server-activator")[0].ExpiredInLine);
        Assert.Equal(0, run.MetersOf("server").Sum(meter => meter.Came));
    }

    [Fact]
    public void A_hedge_of_what_is_held_is_held_too()
    {
        var graph = Served(Kpa, least: 0, everySeconds: 60, seconds: 100);
        var clients = (ClientsPart)graph.PartOf("clients");
        var run = Simulated.Run(graph.With(clients with
        {
            Calls = [clients.Calls[0] with { Hedge = TimeSpan.FromSeconds(1) }],
        }));

        Assert.Equal(2, run.Of("server-held").Value);
        Assert.Equal(1, run.Counted.Answered);
    }

    [Fact]
    public void A_name_that_stands_beside_a_part_is_taken()
    {
        var graph = Served(Kpa, least: 0, everySeconds: 60, seconds: 100);
        var mistake = Assert.Throws<UserMistakeException>(() => ArchitectureScenario.Of(
            graph with { Parts = [.. graph.Parts, new ServicePart("server-activator")] }));

        Assert.StartsWith(
            "server-activator: expected another name", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_knows_nothing_without_an_instance_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() =>
            Simulated.Run(Served("hpa", least: 0, everySeconds: 60, seconds: 100)));

        Assert.Contains("expected a fewest", mistake.Message, StringComparison.Ordinal);
    }

    static ArchitectureGraph Served(string policy, int least, double everySeconds, double seconds) =>
        new("served",
        [
            new ClientsPart("clients")
            {
                Rate = 1 / everySeconds, IsEven = true, Sessions = 1, Calls = [new("server")],
            },
            Server(policy, least),
        ])
        {
            Link = TakesTime.Parse("10us"), Duration = TimeSpan.FromSeconds(seconds),
            Slo = TimeSpan.FromSeconds(60), Settle = TimeSpan.FromSeconds(30),
        };

    // Nothing, and then twenty a second for ten seconds.
    static ArchitectureGraph Burst(string policy, int queue) => new("burst",
    [
        new ClientsPart("clients")
        {
            Rate = 0.0001,
            Shape = new()
            {
                Word = "spike", By = 200_000, At = TimeSpan.FromSeconds(40), For = TimeSpan.FromSeconds(10),
            },
            Calls = [new("server")],
        },
        Server(policy, least: 0) with { ActivatorQueue = queue },
    ])
    {
        Link = TakesTime.Parse("10us"), Duration = TimeSpan.FromSeconds(70), Slo = TimeSpan.FromSeconds(60),
    };

    static ServicePart Server(string policy, int least) => new("server")
    {
        Workers = 4, Time = TakesTime.Parse("50ms"), Scale = policy, ScaleMin = least, ScaleMax = 20,
        StartUp = TimeSpan.FromSeconds(2), Price = 1,
    };
}
