using Microsoft.AspNetCore.Http;
using Steelyard.Histories;
using Steelyard.Services.Networking;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Hosting;

/// <summary>The requests that watched hosts served in a run, as nobody but the world sees them: from whom,
/// from when to when. They outlive crashes.</summary>
internal static class ServedCalls
{
    /// <summary>The operation that reads those of a host, named by its key.</summary>
    public const string Function = Functions.Calls;

    static readonly Dictionary<string, List<Call>> s_calls = new(StringComparer.Ordinal);
    static Func<long> s_now = static () => 0;

    /// <summary>A run begins.</summary>
    /// <param name="now">The time of the run, ns.</param>
    public static void Begin(Func<long> now)
    {
        lock (s_calls)
            s_calls.Clear();
        s_now = now;
    }

    /// <summary>A request begins to be served; dispose of what comes back when it is.</summary>
    public static Call Serve(INodeWorld host, HostNames names, HttpContext request)
    {
        var call = new Call(request, host, From(names, request), s_now());
        lock (s_calls)
        {
            if (!s_calls.TryGetValue(host.Name, out var calls))
                s_calls.Add(host.Name, calls = []);
            calls.Add(call);
        }

        return call;
    }

    /// <summary>All of a host, in order of their begin.</summary>
    public static Value Of(string host)
    {
        lock (s_calls)
            return Value.List([.. s_calls.GetValueOrDefault(host, []).Select(call => call.Told)]);
    }

    static string From(HostNames names, HttpContext request) =>
        request.Features.Get<ServerConnection>() is { } connection ? names.NameOf(connection.Peer) : "itself";

    /// <summary>One of them.</summary>
    public sealed class Call(HttpContext request, INodeWorld host, string from, long beginNs) : IDisposable
    {
        readonly string _what =
            $"{request.Request.Method} {request.Request.Path}{request.Request.QueryString}";
        int _status;
        long? _endNs;

        /// <summary>As a history tells it; without an end where its host went down before.</summary>
        public Value Told => Value.Map(
            ("what", _what), ("from", from), ("begin", beginNs),
            ("end", _endNs is { } end ? end : Value.Nil), ("status", _status));

        /// <inheritdoc/>
        public void Dispose()
        {
            // What a life before a crash still does reaches nobody.
            if (host.IsOver)
                return;
            (_endNs, _status) = (s_now(), request.Response.StatusCode);
        }
    }
}
