using Steelyard.Simulation.Scheduling;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Tests.Scheduling;

public sealed class AwaitTests
{
    [Fact]
    public void No_continuation_ever_leaves_the_world()
    {
        var places = new List<(int Thread, SynchronizationContext? Context)>();

        Run(world => AwaitEverything(world, () => places.Add(
            (Environment.CurrentManagedThreadId, SynchronizationContext.Current))));

        Assert.Equal(9 * 20, places.Count);
        Assert.All(places, place => Assert.Equal(Environment.CurrentManagedThreadId, place.Thread));
        Assert.All(places, place => Assert.IsType<WorldContext>(place.Context));
        Assert.Null(Scheduler.Running);
    }

    [Fact]
    public async Task A_continuation_that_leaves_the_world_is_caught_when_it_touches_the_world()
    {
        using var left = new ManualResetEventSlim();
        Task? escaping = null;

        var failure = Assert.Throws<InvalidOperationException>(() => Run(async world =>
        {
            escaping = Escape(world, left);
            await world.Delay(TestRun.Ms(20));
            // Only now does the world go on, so that the outcome does not hang on which thread is faster.
            left.Wait(TimeSpan.FromSeconds(10));
        }));

        Assert.StartsWith("code of a simulated node or client ran outside its world", failure.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => escaping!);
    }

    [Fact]
    public void A_delay_lasts_as_long_as_it_says_by_the_own_clock()
    {
        TimeSpan took = default;
        Run(async world =>
        {
            var start = world.Clock.GetTimestamp();
            await world.Delay(TestRun.Ms(30));
            await Task.Delay(TestRun.Ms(12), world.Clock);
            took = world.Clock.GetElapsedTime(start);
        });

        Assert.Equal(TestRun.Ms(42), took);
    }

    [Fact]
    public void A_call_gets_its_own_reply_though_another_overtakes_it()
    {
        var replies = new List<long>();
        TestRun.Of(2, world =>
        {
            if (world.Name != "n1")
                return;
            Background.Start(async () =>
            {
                var first = world.Call(world.Peers[0], new Ping(1), TestRun.Ms(100));
                var second = world.Call(world.Peers[0], new Ping(2), TestRun.Ms(100));
                replies.Add(((Pong?)await second)!.Number);
                replies.Add(((Pong?)await first)!.Number);
            });
        }).Under();

        Assert.Equal([2, 1], replies);
    }

    [Fact]
    public void A_call_without_a_reply_in_time_is_null_and_the_late_reply_reaches_nobody()
    {
        var replies = new List<Message?>();
        var handed = new List<Message>();
        TestRun.Of(2, world =>
        {
            if (world.Name == "n1")
                Background.Start(async () =>
                {
                    replies.Add(await world.Call(world.Peers[0], new Ping(1), TestRun.Ms(1.5)));
                    replies.Add(await world.Call(world.Peers[0], new Ping(2), TestRun.Ms(2)));
                    replies.Add(await world.Call(world.Peers[0], new Ping(3), TestRun.Ms(2.5)));
                });
        }, (world, _, message) =>
        {
            if (world.Name == "n1" && message is Pong)
                handed.Add(message);
        }).Under();

        Assert.Null(replies[0]);
        Assert.Equal(3, ((Pong)replies[2]!).Number);
        Assert.Empty(handed);
    }

    [Fact]
    public void What_a_handler_throws_fails_the_run_and_names_the_node_and_the_moment()
    {
        var scenario = TestRun.Of(2, world => world.SetTimer(
            TestRun.Ms(50), () => throw new InvalidOperationException($"{world.Name} broke")));

        var failure = Assert.Throws<NodeFailedException>(() => scenario.Under());

        Assert.Matches("^n1 failed at 0.050 s, event [0-9]+: InvalidOperationException: n1 broke$",
            failure.Message);
    }

    [Fact]
    public void What_is_thrown_after_an_await_fails_the_run_too()
    {
        var failure = Assert.Throws<NodeFailedException>(() => Run(async world =>
        {
            await world.Delay(TestRun.Ms(5));
            await Task.Delay(TestRun.Ms(5), world.Clock);
            throw new InvalidOperationException("after an await");
        }));

        Assert.Equal("after an await", failure.InnerException!.Message);
    }

    [Fact]
    public void What_a_client_or_a_birth_throws_fails_the_run()
    {
        var birth = Assert.Throws<NodeFailedException>(
            () => TestRun.Of(1, _ => throw new InvalidOperationException("at birth")).Under());
        var client = Assert.Throws<NodeFailedException>(
            () => TestRun.Of(1).Deployed(d => d with { CreateClient = _ => new ThrowingClient() })
                .Under());

        Assert.Contains("n1 failed at 0.000 s", birth.Message, StringComparison.Ordinal);
        Assert.StartsWith("client 0 failed", client.Message);
    }

    /// <summary>n1 does what a test says; n2 answers.</summary>
    static void Run(Func<INodeWorld, ValueTask> work) =>
        TestRun.Of(2, world =>
        {
            if (world.Name == "n1")
                Background.Start(() => work(world));
        }).Under();

    static async ValueTask AwaitEverything(INodeWorld world, Action here)
    {
        var peer = world.Peers[0];
        for (var round = 0; round < 20; round++)
        {
            await world.Delay(TestRun.Ms(1));
            here();
            await world.Call(peer, new Ping(round), TestRun.Ms(10));
            here();
            await world.Call(peer, new Note(round), TestRun.Ms(3));
            here();
            await Task.Delay(TestRun.Ms(1), world.Clock);
            here();
            await Task.WhenAll(
                world.Call(peer, new Ping(1), TestRun.Ms(10)).AsTask(), world.Delay(TestRun.Ms(2)).AsTask());
            here();
            await Task.WhenAny(Task.Delay(TestRun.Ms(5), world.Clock), world.Delay(TestRun.Ms(1)).AsTask());
            here();
            await Cancelled(world);
            here();
            await Signalled(world);
            here();
            await world.Delay(TestRun.Ms(1)).ConfigureAwait(false);
            here();
        }
    }

    static async Task Cancelled(INodeWorld world)
    {
        using var cancellation = new CancellationTokenSource(TestRun.Ms(1), world.Clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Task.Delay(TestRun.Ms(50), world.Clock, cancellation.Token));
    }

    static Task Signalled(INodeWorld world)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.SetTimer(TestRun.Ms(1), signal.SetResult);
        return signal.Task;
    }

    static async Task Escape(INodeWorld world, ManualResetEventSlim left)
    {
        try
        {
            await Task.Delay(TestRun.Ms(5), world.Clock).ConfigureAwait(false);
            world.Send(world.Peers[0], new Note(1));
        }
        finally
        {
            left.Set();
        }
    }

    sealed class ThrowingClient : IClient
    {
        public ValueTask<Completion> Invoke(Invocation invocation) =>
            throw new InvalidOperationException("client broke");
    }
}
