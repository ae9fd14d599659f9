using System.Collections.Concurrent;
using System.Globalization;
using Etcdserverpb;
using Mvccpb;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>What was wrong with watches, each done once as its issue tells.</summary>
internal static class EtcdWatchScripts
{
    const int Away = 2;

    /// <summary>Ten changes, a watch from the first, and at once the question how far it has told.</summary>
    public static async Task<ScriptFinding> ProgressAhead(EngineCluster cluster, CancellationToken stop)
    {
        var transcript = new ScriptTranscript();
        using var member = ((EtcdCluster)cluster).Direct(0);
        var first = await Put(member, "ahead/0", stop);
        for (var i = 1; i < 10; i++)
            await Put(member, $"ahead/{i}", stop);
        long progress = 0;
        var behind = 0;
        using var over = After(1, stop);
        await EtcdWatch.Listen(
            member, "ahead/", first,
            response =>
            {
                transcript.Note(Line("n1", response));
                if (response.Events.Count == 0)
                    progress = Math.Max(progress, response.Header.Revision);
                behind += response.Events.Count(one => one.Kv.ModRevision <= progress);
            },
            over.Token, asksProgress: true);
        return transcript.Finds(
            behind > 0,
            $"{behind} of 10 events came after a notice that all up to revision {progress} had been told");
    }

    /// <summary>A key is deleted, what is older is compacted, and a watch begins at the delete.</summary>
    public static async Task<ScriptFinding> DeleteCompacted(EngineCluster cluster, CancellationToken stop)
    {
        var transcript = new ScriptTranscript();
        using var member = ((EtcdCluster)cluster).Direct(0);
        await Put(member, "gone/k", stop);
        var deleted = (await member.Store.DeleteAsync(
            new DeleteRangeRequest { Key = EtcdWords.Bytes("gone/k") }, null, null, stop)).Header.Revision;
        var after = await Put(member, "gone/after", stop);
        await member.Store.CompactAsync(
            new CompactionRequest { Revision = deleted, Physical = true }, null, null, stop);
        transcript.Note($"put, delete at revision {deleted}, put at {after}, compacted at {deleted}");
        var told = new List<Event>();
        using var over = After(1, stop);
        await EtcdWatch.Listen(
            member, "gone/", deleted,
            response =>
            {
                transcript.Note(Line("n1", response));
                told.AddRange(response.Events);
            },
            over.Token);
        var isLost = told.TrueForAll(one => one.Kv.ModRevision != deleted)
            && told.Exists(one => one.Kv.ModRevision == after);
        return transcript.Finds(
            isLost,
            $"a watch from revision {deleted}, the delete, told of"
            + $" {string.Join(", ", told.Select(one => one.Kv.ModRevision))}");
    }

    /// <summary>A member is cut off and a watch on it begins behind what the others do meanwhile.</summary>
    public static async Task<ScriptFinding> FutureRevision(EngineCluster cluster, CancellationToken stop)
    {
        var transcript = new ScriptTranscript();
        var etcd = (EtcdCluster)cluster;
        using var first = etcd.Direct(0);
        using var away = etcd.Direct(Away);
        var mend = cluster.Network.Cut(EtcdCutReads.LinksOfOne, new EffectMark());
        long last;
        try
        {
            last = await Put(first, "future/0", stop);
            for (var i = 1; i < 20; i++)
                last = await Put(first, $"future/{i}", stop);
        }
        catch
        {
            mend();
            throw;
        }

        transcript.Note($"n3 cut off; n1 puts up to revision {last}; n3 watches from {last + 3}; mended");
        var told = new ConcurrentQueue<Event>();
        using var over = After(4, stop);
        var watch = EtcdWatch.Listen(
            away, "future/", last + 3,
            response =>
            {
                transcript.Note(Line("n3", response));
                foreach (var one in response.Events)
                    told.Enqueue(one);
            },
            over.Token);
        await Task.Delay(TimeSpan.FromMilliseconds(500), stop);
        mend();
        await Task.Delay(TimeSpan.FromSeconds(1.5), stop);
        for (var i = 0; i < 5; i++)
            await Put(first, $"future/{i}", stop);
        await watch;
        var early = told.Where(one => one.Kv.ModRevision < last + 3).ToList();
        return transcript.Finds(
            early.Count > 0,
            $"a watch from revision {last + 3} told of {told.Count} events, {early.Count} of them older");
    }

    /// <summary>A member is cut off while the others do so much that it gets a snapshot when it is back; a
    /// watch on it goes on all the time.</summary>
    public static async Task<ScriptFinding> BackInTime(EngineCluster cluster, CancellationToken stop)
    {
        // etcd keeps 5,000 entries for those who fall behind, whatever it has made a snapshot of.
        const int Many = 7_000;
        var transcript = new ScriptTranscript();
        var etcd = (EtcdCluster)cluster;
        using var first = etcd.Direct(0);
        using var away = etcd.Direct(Away);
        var told = new ConcurrentQueue<long>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var begin = await Put(first, "back/0", stop);
        var watch = EtcdWatch.Listen(
            away, "back/", begin,
            response =>
            {
                foreach (var one in response.Events)
                    told.Enqueue(one.Kv.ModRevision);
            },
            over.Token);
        for (var i = 0; i < 10; i++)
            await Put(first, "back/1", stop);
        var mend = cluster.Network.Cut(EtcdCutReads.LinksOfOne, new EffectMark());
        try
        {
            await Put(first, "back/1", stop);
            await Parallel.ForEachAsync(
                Enumerable.Range(0, Many), new ParallelOptions { MaxDegreeOfParallelism = 64 },
                async (i, _) => await Put(first, $"back/{i % 10}", stop));
        }
        finally
        {
            mend();
        }

        await Task.Delay(TimeSpan.FromSeconds(4), stop);
        var last = await Put(first, "back/0", stop);
        await Task.Delay(TimeSpan.FromSeconds(2), stop);
        await over.CancelAsync();
        await watch;
        var order = told.ToList();
        var again = order.Count - order.Distinct().Count();
        var missing = last - begin + 1 - order.Distinct().Count();
        var back = order.Zip(order.Skip(1)).Count(pair => pair.Second < pair.First);
        transcript.Note($"n3 cut off for {Many} changes, up to revision {last}; its watch from {begin} told"
            + $" {order.Count} events: {again} again, {back} steps back, {missing} missing");
        return transcript.Finds(
            again > 0 || back > 0 || missing > 0,
            $"over a snapshot the watch told {order.Count} events: {again} again, {back} steps back,"
            + $" {missing} missing");
    }

    static CancellationTokenSource After(double seconds, CancellationToken stop)
    {
        var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(TimeSpan.FromSeconds(seconds));
        return over;
    }

    static async Task<long> Put(EtcdConnection member, string key, CancellationToken stop)
    {
        var put = EtcdWords.Put(key, EtcdWords.Bytes("v"));
        return (await member.Store.PutAsync(put, null, null, stop)).Header.Revision;
    }

    static string Line(string member, WatchResponse response) => string.Create(
        CultureInfo.InvariantCulture,
        $"{member} {(response.Events.Count == 0 ? "progress" : "events")} at {response.Header.Revision}:"
        + $" {string.Join(", ", response.Events.Select(one => $"{one.Type} {one.Kv.ModRevision}"))}");
}
