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

    // etcd keeps 5,000 entries for those who fall behind, whatever it has made a snapshot of.
    const int Many = 7_000;

    /// <summary>Ten changes, a watch from the first, and at once the question how far it has told.</summary>
    public static async Task<ScriptFinding> ProgressAhead(EngineCluster cluster, CancellationToken stop)
    {
        var transcript = new ScriptTranscript();
        using var member = ((EtcdCluster)cluster).Direct(0);
        var first = await member.Put("ahead/0", 0, stop);
        for (var i = 1; i < 10; i++)
            await member.Put($"ahead/{i}", i, stop);
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
        await member.Put("gone/k", 1, stop);
        var deleted = (await member.Store.DeleteAsync(
            new DeleteRangeRequest { Key = EtcdRequests.Bytes("gone/k") }, null, null, stop)).Header.Revision;
        var after = await member.Put("gone/after", 2, stop);
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

    /// <summary>A member is cut off while the others do so much that it gets a snapshot when it is back; a
    /// watch on it begins meanwhile, at a revision that is still to come.</summary>
    public static async Task<ScriptFinding> FutureRevision(EngineCluster cluster, CancellationToken stop)
    {
        const int Ahead = 10;
        var transcript = new ScriptTranscript();
        using var first = ((EtcdCluster)cluster).Direct(0);
        using var away = ((EtcdCluster)cluster).Direct(Away);
        var told = new ConcurrentQueue<Event>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watch = Task.CompletedTask;
        long asked = 0;
        await FallBehind(cluster, first, "future/", stop, async () =>
        {
            asked = await first.Put("future/0", 0, stop) + Ahead;
            transcript.Note($"n3 cut off for {Many} changes; n3 watches from {asked}; mended");
            watch = EtcdWatch.Listen(
                away, "future/", asked,
                response =>
                {
                    transcript.Note(Line("n3", response));
                    foreach (var one in response.Events)
                        told.Enqueue(one);
                },
                over.Token);
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        });
        await Task.Delay(TimeSpan.FromSeconds(4), stop);
        for (var i = 0; i < 2 * Ahead; i++)
            await first.Put($"future/{i}", i, stop);
        await Task.Delay(TimeSpan.FromSeconds(1), stop);
        await over.CancelAsync();
        await watch;
        var early = told.Count(one => one.Kv.ModRevision < asked);
        return transcript.Finds(
            early > 0, $"a watch from revision {asked} told of {told.Count} events, {early} of them older");
    }

    /// <summary>A member is cut off while the others do so much that it gets a snapshot when it is back.
    /// Clients that were told of everything by another member go on with it meanwhile, each from where it
    /// is.</summary>
    public static async Task<ScriptFinding> BackInTime(EngineCluster cluster, CancellationToken stop)
    {
        const int Clients = 150;
        var transcript = new ScriptTranscript();
        using var first = ((EtcdCluster)cluster).Direct(0);
        using var away = ((EtcdCluster)cluster).Direct(Away);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await FallBehind(cluster, first, "back/", stop, () => Task.CompletedTask);
        // Changes go on, so that it is behind again as soon as it has its snapshot.
        var changes = first.PutMany("back/", Many, stop);
        var watches = new List<Task<int>>();
        for (var client = 0; client < Clients; client++)
        {
            watches.Add(ToldAgain(away, await first.Put("back/0", client, stop), transcript, over.Token));
            await Task.Delay(TimeSpan.FromMilliseconds(20), stop);
        }

        await changes;
        await first.Put("back/0", Clients, stop);
        await Task.Delay(TimeSpan.FromSeconds(1), stop);
        await over.CancelAsync();
        var again = await Task.WhenAll(watches);
        return transcript.Finds(
            again.Any(events => events > 0),
            $"{again.Count(events => events > 0)} of {Clients} clients that went on with n3 were told again"
            + $" what they knew, {again.Max()} changes at most");
    }

    static async Task<int> ToldAgain(
        EtcdConnection member, long known, ScriptTranscript transcript, CancellationToken over)
    {
        var again = 0;
        await EtcdWatch.Listen(
            member, "back/", known + 1,
            response => again += response.Events.Count(one => one.Kv.ModRevision <= known), over);
        if (again > 0)
            transcript.Note($"n3, asked to go on after {known}, told again of {again} changes up to it");
        return again;
    }

    // n3 is cut off for many changes, and comes back after something.
    static async Task FallBehind(
        EngineCluster cluster, EtcdConnection first, string prefix, CancellationToken stop,
        Func<Task> before)
    {
        var mend = cluster.Network.Cut(EtcdCutReads.LinksOfOne, new EffectMark());
        try
        {
            await first.PutMany(prefix, Many, stop);
            await before();
        }
        finally
        {
            mend();
        }
    }

    static CancellationTokenSource After(double seconds, CancellationToken stop)
    {
        var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(TimeSpan.FromSeconds(seconds));
        return over;
    }

    static string Line(string member, WatchResponse response) => string.Create(
        CultureInfo.InvariantCulture,
        $"{member} {(response.Events.Count == 0 ? "progress" : "events")} at {response.Header.Revision}:"
        + $" {string.Join(", ", response.Events.Select(one => $"{one.Type} {one.Kv.ModRevision}"))}");
}
