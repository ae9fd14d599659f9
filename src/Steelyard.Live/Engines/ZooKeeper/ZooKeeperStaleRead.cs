using System.Net.Sockets;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>A follower that hears nothing from its leader is read, plainly and after a sync.</summary>
internal static class ZooKeeperStaleRead
{
    const string Path = "/stale";

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Does it.</summary>
    public static async Task<ScriptFinding> Try(ZooKeeperCluster cluster, CancellationToken cancellation)
    {
        var transcript = new ScriptTranscript();
        var leader = await cluster.Leader() ?? throw new LiveException("expected a leader, found none");
        var follower = cluster.Nodes.First(node => node != leader);
        await using var writer = cluster.Direct(leader.Index);
        await using var reader = cluster.Direct(follower.Index);
        await writer.Connect(cancellation);
        await reader.Connect(cancellation);
        await writer.Create(Path, "1", cancellation);
        await reader.Sync(Path, cancellation);
        transcript.Note($"{leader.Name}, the leader: create {Path} 1; {follower.Name}: sync, getData:"
            + $" {(await reader.GetData(Path, cancellation)).Data}");
        var mend = cluster.Network.Cut([(leader.Index, follower.Index)], new EffectMark());
        try
        {
            await writer.SetData(Path, "2", ZooKeeperRequests.AnyVersion, cancellation);
            var plain = (await reader.GetData(Path, cancellation)).Data;
            var synced = await Synced(reader, cancellation);
            transcript.Note($"link from {leader.Name} to {follower.Name} down; {leader.Name}: setData 2");
            transcript.Note($"{follower.Name}: getData: {plain}; sync, getData: {synced ?? "no answer"}");
            return transcript.Finds(
                plain == "1",
                $"after 2 was acknowledged, {follower.Name} answers {plain} to a plain getData, and"
                + $" {synced ?? "nothing"} to one after a sync");
        }
        finally
        {
            mend();
        }
    }

    static async Task<string?> Synced(ZooKeeperSession reader, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(s_patience);
        try
        {
            await reader.Sync(Path, time.Token);
            return (await reader.GetData(Path, time.Token)).Data;
        }
        catch (Exception silent) when (silent is OperationCanceledException or IOException or SocketException
            or ZooKeeperRefusal)
        {
            return null;
        }
    }
}
