using Etcdserverpb;
using Grpc.Core;
using Mvccpb;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using static Steelyard.Live.Engines.Etcd.EtcdRequests;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>A watch on one stream, from a revision on.</summary>
internal static class EtcdWatch
{
    static readonly TimeSpan s_listens = TimeSpan.FromSeconds(1);

    /// <summary>Watches a prefix for a second, and tells what came.</summary>
    /// <param name="connection">The member.</param>
    /// <param name="asked">What is watched from when.</param>
    /// <param name="first">The revision after which the run's own are counted.</param>
    public static async Task<Completion> Listen(
        EtcdConnection connection, Invocation asked, long first)
    {
        var told = new List<Value>();
        using var over = new CancellationTokenSource(s_listens);
        await Listen(
            connection, asked.Key.AsText, first + asked.Input["revision"].AsInteger,
            response => told.Add(Told(response, first)), over.Token);
        return told.Count == 0
            ? Completion.Fail("nothing came")
            : Completion.Ok(Value.List([.. told]));
    }

    /// <summary>Watches a prefix for a while. A stream that breaks ends it, and nothing is missed by
    /// that.</summary>
    /// <param name="connection">The member.</param>
    /// <param name="prefix">What keys begin with.</param>
    /// <param name="revision">The first revision.</param>
    /// <param name="hear">Hears each response that has events or tells of progress.</param>
    /// <param name="over">Ends it.</param>
    /// <param name="asksProgress">Whether it is asked at once how far it has told.</param>
    public static async Task Listen(
        EtcdConnection connection, string prefix, long revision, Action<WatchResponse> hear,
        CancellationToken over, bool asksProgress = false)
    {
        using var call = connection.Streams.Watch(cancellationToken: over);
        var create = new WatchCreateRequest
        {
            Key = Bytes(prefix), RangeEnd = EndOf(prefix), StartRevision = revision,
        };
        try
        {
            await call.RequestStream.WriteAsync(new() { CreateRequest = create }, over);
            if (asksProgress)
                await call.RequestStream.WriteAsync(new() { ProgressRequest = new() }, over);
            while (await call.ResponseStream.MoveNext(over))
                if (call.ResponseStream.Current is { Created: false, Canceled: false } response)
                    hear(response);
        }
        catch (RpcException)
        {
            // Its time was up, or the member went away: what it told stands.
        }
    }

    static Value Told(WatchResponse response, long first) => Value.Map(
        ("revision", response.Header.Revision - first),
        ("progress", Value.Of(response.Events.Count == 0)),
        ("events", Value.List([.. response.Events.Select(one => Told(one, first))])));

    static Value Told(Event one, long first) => one.Type == Event.Types.EventType.Delete
        ? Value.Map(
            ("type", Functions.Delete), ("key", one.Kv.Key.ToStringUtf8()),
            ("revision", one.Kv.ModRevision - first))
        : Value.Map(
            ("type", Functions.Put), ("key", one.Kv.Key.ToStringUtf8()), ("value", Number(one.Kv.Value)),
            ("revision", one.Kv.ModRevision - first));
}
