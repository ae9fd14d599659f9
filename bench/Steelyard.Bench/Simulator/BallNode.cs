using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Bench.Simulator;

internal sealed record Ball(int Hops) : Message;

internal sealed record Ask(long Number) : Message;

internal sealed record BallAnswer(long Number) : Message;

/// <summary>Throws every ball it gets to a random peer, as a new message; answers what it is asked.</summary>
internal sealed class BallNode(INodeWorld world, int balls) : INode
{
    public void Start()
    {
        for (var ball = 0; ball < balls; ball++)
            Throw(0);
    }

    public void Receive(NodeId from, Message message)
    {
        if (message is Ball ball)
            Throw(ball.Hops + 1);
        else if (message is Ask ask)
            world.Send(from, new BallAnswer(ask.Number));
    }

    void Throw(int hops) => world.Send(world.Peers[world.Random.Next(world.Peers.Count)], new Ball(hops));
}

/// <summary>Waits in a loop; answers what it is asked.</summary>
internal sealed class AwaitingNode(INodeWorld world, Func<INodeWorld, ValueTask> loop) : INode
{
    public static async ValueTask Delays(INodeWorld world)
    {
        while (true)
            await world.Delay(TimeSpan.FromMicroseconds(100 + world.Random.Next(100)));
    }

    public static async ValueTask Calls(INodeWorld world)
    {
        for (var number = 0L; ; number++)
            await world.Call(world.Random.Choose(world.Peers), new Ask(number),
                TimeSpan.FromMilliseconds(10));
    }

    public void Start() => Background.Start(() => loop(world));

    public void Receive(NodeId from, Message message)
    {
        if (message is Ask ask)
            world.Send(from, new BallAnswer(ask.Number));
    }
}

internal sealed class BallClient(IClientWorld world) : IClient
{
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        var answer = await world.Call(world.Home, new Ask(invocation.Input.AsInteger),
            TimeSpan.FromSeconds(1));
        return answer is BallAnswer { Number: var number } ? Completion.Ok(number) : Completion.Info(
            "timeout");
    }
}

internal sealed class BallWorkload : IWorkload
{
    long _last;

    public Invocation Next(in Turn turn) => new(Functions.Read, turn.Random.Next(100), ++_last);

    public IEnumerable<Invocation> FinalReads(Turn turn) => [];
}
