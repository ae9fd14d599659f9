using Steelyard.Histories;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Hosts that start threads of their own.</summary>
public sealed class ThreadTests
{
    [Fact]
    public void A_thread_is_named_with_the_line_that_starts_it() => Stalls.MustBeTold<ThreadStall>(
        "host stall-", " starts a thread of its own, ", " GET /", ": new Thread(…) at "
            + "Steelyard.Services.Tests.Determinism.Runtime.ThreadStall.Build in Threads.cs:line 13;"
            + " expected "
            + "Task.Run, or a BackgroundService");

    [Fact]
    public void A_task_with_a_thread_of_its_own_is_named_too() => Stalls.MustBeTold<LongRunningStall>(
        " starts a thread of its own, ",
        "TaskFactory.StartNew at "
            + "Steelyard.Services.Tests.Determinism.Runtime.LongRunningStall.Build in Threads.cs:line 22");

    [Fact]
    public void A_twin_that_queues_the_work_runs()
    {
        var answer = Stalls.Run<QueueingStall>();

        Assert.Equal(Validity.Valid, answer.Overall());
    }
}
