using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Tests.Load;

/// <summary>A client whose every operation takes as long, and ends, as a test says.</summary>
internal class Asked(OneServer world, Func<Invocation, TimeSpan> takes) : IClient
{
    public static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    public virtual async ValueTask<Completion> Invoke(Invocation invocation)
    {
        var time = takes(invocation);
        if (time == Never)
            await new TaskCompletionSource().Task;
        if (time > TimeSpan.Zero)
            await world.Delay(time);
        return Completion.Ok(invocation.Input);
    }
}

/// <summary>Asks the same, with a number.</summary>
internal sealed class Numbered(Func<int, Invocation>? ask = null) : IWorkload
{
    int _asked;

    public static Invocation Ask(int number) => new("ask", Value.Nil, number);

    public Invocation Next(in Turn turn) => (ask ?? Ask)(++_asked);

    public IEnumerable<Invocation> FinalReads(Turn turn) => [new("look", Value.Nil, turn.Client)];
}
