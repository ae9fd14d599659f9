using Steelyard.Histories;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Hosts that keep the only worker from going on.</summary>
public sealed class BlockedTests
{
    [Fact]
    public void A_host_that_waits_for_a_result_is_named_with_its_lines() => Stalls.MustBeTold<ResultStall>(
        "host stall-", " blocks the only worker, while it serves GET /: Task.Result at "
            + "Steelyard.Services.Tests.Determinism.Runtime.ResultStall.Answer in Blockers.cs:line 15",
        "; expected await");

    [Fact]
    public void Its_twin_that_awaits_runs()
    {
        var answer = Stalls.Run<AwaitingStall>();

        Assert.Equal(Validity.Valid, answer.Overall());
        Assert.True(answer.World.History.Count > 20);
    }

    [Fact]
    public void A_host_that_sleeps_is_named() => Stalls.MustBeTold<SleepingStall>(
        " blocks the only worker, while it serves GET /: Thread.Sleep at "
            + "Steelyard.Services.Tests.Determinism.Runtime.SleepingStall.Build in Blockers.cs:line 39; "
            + "expected await Task.Delay(time, timeProvider)");
}

/// <summary>The same, with other ways to do it.</summary>
public sealed class BlockedElsewhereTests
{
    [Fact]
    public void A_host_that_waits_for_a_semaphore_is_named() => Stalls.MustBeTold<SemaphoreStall>(
        "SemaphoreSlim.Wait at Steelyard.Services.Tests.Determinism.Runtime.SemaphoreStall.Build"
            + " in Blockers.cs:line 50; "
            + "expected await WaitAsync");

    [Fact]
    public void A_host_that_computes_for_ever_is_named() => Stalls.MustBeTold<ComputingStall>(
        " blocks the only worker, while it serves GET /: it computes and never awaits at "
            + "Steelyard.Services.Tests.Determinism.Runtime.ComputingStall.Search in Blockers.cs:line 6");

    [Fact]
    public void A_host_that_yields_for_ever_is_named() => Stalls.MustBeTold<YieldingStall>(
        "host stall-", ": expected code that waits some time, found work that queues new work for ever");
}
