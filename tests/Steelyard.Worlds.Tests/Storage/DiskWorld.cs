using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Tests.Storage;

/// <summary>A world of a disk alone.</summary>
internal sealed class DiskWorld(IDisk disk) : INodeWorld
{
    public string Name => "n1";

    public IDisk Disk => disk;

    public NodeId Self => default;

    public IReadOnlyList<NodeId> Nodes => [default];

    public IReadOnlyList<NodeId> Peers => [];

    public TimeProvider Clock => throw new NotSupportedException("a disk tells no time");

    public SeededRandom Random => throw new NotSupportedException("a disk draws nothing");

    public bool IsOver => false;

    public bool IsTraced => false;

    public string SiteOf(NodeId node) => "here";

    public void Send(NodeId to, Message message) => throw new NotSupportedException("nobody is there");

    public ValueTask<Message?> Call(NodeId to, Message request, TimeSpan timeout) =>
        throw new NotSupportedException("nobody is there");

    public ValueTask Delay(TimeSpan duration) => throw new NotSupportedException("a disk tells no time");

    public TimerId SetTimer(TimeSpan after, Action action) =>
        throw new NotSupportedException("only a full disk makes a journal wait");

    public void CancelTimer(TimerId timer)
    {
    }

    public void Trace(string text)
    {
    }
}
