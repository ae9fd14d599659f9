using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Services.Tests.Determinism.Runtime;
using Steelyard.Testing;

namespace Steelyard.Services.Tests.Determinism.Clocks;

/// <summary>Applications that ask .NET itself for time and chance, and packages that do.</summary>
public sealed class WorldHooksTests
{
    [Fact]
    public void Time_and_chance_are_the_seeds_in_every_process()
    {
        var first = FreshRun.Of<EverySource>(7);

        Assert.Equal(first, FreshRun.Of<EverySource>(7));
        // Also where another seed came first.
        var tested = TestedScenario.Of(typeof(EverySource));
        using var world = tested.CreateWorld();
        Assert.NotEqual(first.HistoryHash, FreshRun.Of(tested, world, 8).HistoryHash);
        Assert.Equal(first, FreshRun.Of(tested, world, 7));
    }

    [Fact]
    public void Whoever_waits_does_so_in_virtual_time()
    {
        var answers = Ok(Stalls.RunAmongOthers<EverySource>());

        Assert.All(answers, answer => Assert.StartsWith("waited 100 100 100, at 2030-01-01T00:00:0", answer,
            StringComparison.Ordinal));
        Assert.Equal(answers.Count, answers.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Each_host_has_its_own_clock_and_a_crash_ends_its_timers()
    {
        var late = Operations(Stalls.RunAmongOthers<JumpedNow>())
            .Where(asked => asked.Outcome == Outcome.Ok && asked.InvokedNs > 1_200_000_000)
            .Select(asked => (asked.Node, Said: asked.Output.AsText!.Split(' '))).ToList();

        Assert.All(late.Where(asked => asked.Node == Stalls.Hosts[0]), asked =>
        {
            Assert.Equal("10", asked.Said[0]);
            Assert.InRange(int.Parse(asked.Said[1], null), 11, 21);
        });
        Assert.All(late.Where(asked => asked.Node == Stalls.Hosts[1]), asked =>
        {
            Assert.Equal("00", asked.Said[0]);
            Assert.InRange(int.Parse(asked.Said[1], null), 0, 9);
        });
        Assert.Equal(2, late.Select(asked => asked.Node).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_memory_cache_forgets() => Assert.Equal(
        ["load 1", "load 2"],
        Ok(Stalls.RunAmongOthers<CachedSecond>()).Distinct(StringComparer.Ordinal).Take(2));

    [Fact]
    public void A_hybrid_cache_forgets() => Assert.Equal(
        ["load 1", "load 2"],
        Ok(Stalls.RunAmongOthers<HybridSecond>()).Distinct(StringComparer.Ordinal).Take(2));

    [Fact]
    public void A_jittered_backoff_is_the_seeds_in_every_process()
    {
        var answers = Ok(Stalls.RunAmongOthers<JitteredBackoff>());

        // It keeps its source of numbers in a static, which outlives the run.
        Assert.Equal(answers, Ok(Stalls.RunAmongOthers<JitteredBackoff>()));
        Assert.Equal(answers, Ok(Stalls.Run<JitteredBackoff>()));
        Assert.Equal(answers.Count, answers.Distinct(StringComparer.Ordinal).Count());
        // Each wait lies around 100, 200 and 400 ms.
        Assert.All(answers, answer => Assert.InRange(int.Parse(answer.Split(' ')[3], null), 100, 2_000));
    }

    [Fact]
    public void The_standard_resilience_handler_tries_again_in_virtual_time()
    {
        var answers = Ok(Stalls.RunAmongOthers<ResilientClient>());
        var waits = answers.Select(answer => int.Parse(answer.Split(' ')[^1], null)).ToList();

        // It waits about 2 s before it tries again, and gives an attempt 10 s.
        Assert.Contains(waits, wait => wait is > 500 and < 10_000);
        Assert.Contains(waits, wait => wait > 10_000);
        Assert.Equal(answers, Ok(Stalls.Run<ResilientClient>()));
    }

    [Fact]
    public void A_window_of_requests_opens_again()
    {
        var let = Operations(Stalls.RunAmongOthers<LimitedWindow>())
            .Where(operation => operation.Outcome == Outcome.Ok).ToList();

        Assert.InRange(let.Count, 8, 20);
        Assert.Contains(let, operation => operation.InvokedNs > 1_500_000_000);
    }

    [Fact]
    public void A_request_runs_out_of_time() => Assert.All(
        Operations(Stalls.RunAmongOthers<TimedOut>()), operation =>
        {
            Assert.Equal("out of time", operation.Output.AsText);
            Assert.InRange(operation.CompletedNs - operation.InvokedNs, 40_000_000, 60_000_000);
        });

    [Fact]
    public void An_output_cache_forgets() => Assert.Equal(
        ["page 1", "page 2"],
        Ok(Stalls.RunAmongOthers<CachedOutput>()).Distinct(StringComparer.Ordinal).Take(2));

    static IReadOnlyList<string> Ok(RunResult run) =>
    [
        .. Operations(run).Where(operation => operation.Outcome == Outcome.Ok)
            .Select(operation => operation.Output.AsText!),
    ];

    static IEnumerable<Operation> Operations(RunResult run) =>
        Enumerable.Range(0, run.World.History.Count).Select(index => run.World.History[index]);
}
