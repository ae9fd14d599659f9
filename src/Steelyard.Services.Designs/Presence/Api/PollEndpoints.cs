using Microsoft.AspNetCore.Http;

namespace Steelyard.Services.Designs.Presence.Api;

/// <summary>
/// The same for clients that have no WebSockets: <c>POST /polls/{connection}</c> opens a connection,
/// <c>GET</c> of it is answered when there is something new, or after a while without, and <c>DELETE</c>
/// closes it (long polling, RFC 6202). Each poll is a sign of life, and says what arrived.
/// </summary>
internal sealed class PollEndpoints(
    Admission reception, LiveConnections connections, Feed feed, TimeProvider time)
{
    /// <summary>How long a poll waits for something new.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>Opens one.</summary>
    public async Task<IResult> Open(HttpContext http, long connection, int user, int users, long since)
    {
        var live = await reception.Admit(http, connection, user, users, since).ConfigureAwait(false);
        return live is null ? Results.Empty : Results.Ok(feed.After(live.Seq, live.Friends));
    }

    /// <summary>Answers a poll.</summary>
    public async Task<IResult> Poll(long connection, long since)
    {
        if (connections.Find(connection) is not { } live)
            return Results.StatusCode(StatusCodes.Status410Gone);
        live.HeardAt = time.GetTimestamp();
        using var limit = new CancellationTokenSource(Wait, time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, live.Ended);
        var update = await NextUpdate(live, Math.Max(since, live.Seq), enough.Token).ConfigureAwait(false);
        if (live.Ended.IsCancellationRequested)
            return Results.StatusCode(StatusCodes.Status410Gone);
        live.HeardAt = time.GetTimestamp();
        return Results.Ok(update);
    }

    /// <summary>Closes one.</summary>
    public async Task<IResult> Close(long connection)
    {
        if (connections.Find(connection) is { } live)
            await connections.Close(live).ConfigureAwait(false);
        return Results.Ok();
    }

    async Task<Update> NextUpdate(LiveConnection live, long since, CancellationToken enough)
    {
        while (true)
        {
            var news = feed.News;
            var update = feed.After(since, live.Friends);
            if (update.Changes.Count > 0 || enough.IsCancellationRequested)
                return update;
            await news.WaitAsync(enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
