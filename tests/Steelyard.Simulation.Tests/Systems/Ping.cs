using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Simulation.Tests.Systems;

/// <summary>A question that carries a number.</summary>
internal sealed record Ping(long Number) : Message;

/// <summary>Its answer.</summary>
internal sealed record Pong(long Number) : Message;

/// <summary>A node that answers, and hands what it sees to a test.</summary>
internal sealed class TestNode(INodeWorld world, Action<INodeWorld>? start, Action<INodeWorld, NodeId,
    Message>? receive)
    : INode
{
    public void Start() => start?.Invoke(world);

    public void Receive(NodeId from, Message message)
    {
        receive?.Invoke(world, from, message);
        if (message is Ping ping)
            world.Send(from, new Pong(ping.Number));
    }
}

/// <summary>A client that pings its home; no answer within a second is Info.</summary>
internal sealed class PingClient(IClientWorld world) : IClient
{
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        var answer = await world.Call(invocation.Target ?? world.Home, new Ping(invocation.Input.AsInteger),
            TimeSpan.FromSeconds(1));
        return answer is Pong pong ? Completion.Ok(pong.Number) : Completion.Info("timeout");
    }
}

/// <summary>Distinct numbers to ping with; one final ping each.</summary>
internal sealed class PingWorkload : IWorkload
{
    long _last;

    public Invocation Next(in Turn turn) => new("ping", turn.Random.Next(5), ++_last);

    public IEnumerable<Invocation> FinalReads(Turn turn) => [new("final", Value.Nil, -1)];
}
