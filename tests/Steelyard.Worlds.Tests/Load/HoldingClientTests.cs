using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Tests.Load;

/// <summary>Replies (even numbers) may be sent once a question (odd) has been answered.</summary>
public sealed class HoldingClientTests
{
    static readonly RecordedWorkload s_talk = new(
        [Reply(100, 2), Reply(200, 4), Question(300, 1), Question(500, 3)]);

    static readonly OfferedLoad s_load = s_talk.InPlaceOf(new()
    {
        CreateWorkload = s_talk.CreateWorkload, Clients = 1, Duration = TimeSpan.FromSeconds(1),
    });

    [Fact]
    public void An_operation_that_is_held_back_is_due_when_it_is_released()
    {
        var world = new OneServer(s_load, it => new Talker(it));

        var history = world.Run();

        Assert.Equal(
            ["1 due at 300 ms, sent at 300 ms", "2 due at 310 ms, sent at 310 ms",
                "4 due at 310 ms, sent at 320 ms", "3 due at 500 ms, sent at 500 ms"],
            history.Operations.Select(Told));
        Assert.Equal(LoadDriverTests.RecountedFrom(history), world.Driver.Counts);
    }

    [Fact]
    public void What_is_held_back_to_the_end_was_never_due()
    {
        var world = new OneServer(s_load, it => new Talker(it, neverHears: true));

        var history = world.Run();

        Assert.Equal([1, 3], history.Operations.Select(operation => (int)operation.Input.AsInteger));
        Assert.Equal(
            LoadDriverTests.RecountedFrom(history) with { HeldBack = 2 }, world.Driver.Counts);
    }

    [Fact]
    public void What_is_due_and_waits_for_a_blocked_client_is_not_held_back()
    {
        var world = new OneServer(s_load, it => new Talker(it, blocksAt: 4));

        var history = world.Run();

        var last = history.Operations.Single(operation => operation.Input == 3);
        Assert.False(last.IsSent);
        Assert.Equal(500_000_000, last.IntendedNs);
        Assert.Equal((4, 3, 0), (
            world.Driver.Counts.Due, world.Driver.Counts.Sent, world.Driver.Counts.HeldBack));
    }

    [Fact]
    public void A_client_can_prepare_what_it_holds_back_beside_its_operations()
    {
        var world = new OneServer(s_load, it => new Talker(it, prepares: TimeSpan.FromMilliseconds(20)));

        var history = world.Run();

        Assert.Equal(
            ["2 due at 120 ms, sent at 120 ms", "4 due at 200 ms, sent at 200 ms"],
            history.Operations.Take(2).Select(Told));
    }

    static RecordedOperation Reply(int ms, int number) => new(ms * 1_000_000L, 0, Numbered.Ask(number));

    static RecordedOperation Question(int ms, int number) => Reply(ms, number);

    static string Told(Operation operation) =>
        $"{operation.Input} due at {operation.IntendedNs / 1_000_000} ms,"
        + $" sent at {operation.InvokedNs / 1_000_000} ms";

    sealed class Talker(
        OneServer world, bool neverHears = false, int blocksAt = 0, TimeSpan? prepares = null)
        : Asked(
            world, asked => asked.Input == blocksAt ? Never : TimeSpan.FromMilliseconds(10)), IHoldingClient
    {
        readonly OneServer _world = world;
        bool _hasHeard;

        public bool HoldsBack(in Invocation invocation) =>
            invocation.Input.AsInteger % 2 == 0 && !_hasHeard;

        public async ValueTask Prepare(Invocation invocation)
        {
            if (prepares is not { } time)
                return;
            await _world.Delay(time);
            _hasHeard = true;
        }

        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            var completion = await base.Invoke(invocation);
            _hasHeard |= !neverHears;
            return completion;
        }
    }
}
