using Microsoft.AspNetCore.Http;
using Steelyard.Services.Databases;
using Steelyard.Services.Hosting;
using Steelyard.Services.Networking;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Determinism.Runtime;

/// <summary>
/// What code of the world is doing now: it serves a request, or waits for an answer. Whoever does not fit in
/// the world can so be named, and when nothing moves any more, who waits for whom.
/// </summary>
internal sealed class CallContext : IDisposable
{
    const int LongestSql = 60;

    // Flows with the code: also a thread that it starts is seen to act for a host, at its first step.
    static readonly AsyncLocal<CallContext?> s_current = new(ForeignThreads.Look);
    static readonly LinkedList<CallContext> s_open = [];

    readonly LinkedListNode<CallContext>? _place;
    object? _what;

    CallContext(
        IEndpointWorld life, string who, object? what, string? whom, bool isOpen, LifeClock? clock = null)
    {
        Life = life;
        Clock = clock;
        Who = who;
        Whom = whom;
        For = s_current.Value;
        _what = what;
        if (isOpen)
            _place = s_open.AddLast(this);
    }

    /// <summary>That of the code that runs now; null where nobody said.</summary>
    public static CallContext? Current => s_current.Value;

    /// <summary>The one that was begun last.</summary>
    public static CallContext? Last { get; private set; }

    /// <summary>All that are not over, in the order of their beginning.</summary>
    public static IEnumerable<CallContext> Open => s_open.Where(context => !context.Life.IsOver);

    /// <summary>The life of the host or client whose call it is.</summary>
    public IEndpointWorld Life { get; }

    /// <summary>The clock of that life, where it is a host's code that runs.</summary>
    public LifeClock? Clock { get; }

    /// <summary>The host's or client's name.</summary>
    public string Who { get; }

    /// <summary>The host that is asked; null where something is served.</summary>
    public string? Whom { get; }

    /// <summary>What it is a part of; null for a client's.</summary>
    public CallContext? For { get; }

    /// <summary>The request, in a few words; null where there is none.</summary>
    public string? What => _what switch
    {
        HttpContext served => $"{served.Request.Method} {served.Request.Path}{served.Request.QueryString}",
        HttpRequestMessage sent => $"{sent.Method} {sent.RequestUri?.PathAndQuery}",
        Served over => $"{over.Method} {over.Path}",
        DatabaseRequest sql => sql.Kind == DatabaseRequestKind.Execute ? Short(sql.Sql) : $"{sql.Kind}",
        var words => (string?)words,
    };

    /// <summary>Whether it asks with a request of HTTP.</summary>
    public bool IsHttp => _what is HttpRequestMessage;

    /// <summary>Whether it is over, though something that it began may go on.</summary>
    public bool IsOver => _what is Served;

    /// <summary>Where a request that is served came from; null where none is.</summary>
    public NodeId? Peer => (_what as HttpContext)?.Features.Get<ServerConnection>()?.Peer;

    /// <summary>The application's own code for the request; null where none is served.</summary>
    public Endpoint? Endpoint => _what is Served over ? over.By : (_what as HttpContext)?.GetEndpoint();

    /// <summary>A run begins: nothing is under way.</summary>
    public static void Reset()
    {
        s_open.Clear();
        s_current.Value = null;
        Last = null;
    }

    /// <summary>From here on a host's code runs, and all that it begins.</summary>
    public static void Enter(IEndpointWorld life, string host, LifeClock clock) =>
        s_current.Value = Last = new(life, host, null, null, isOpen: false, clock);

    /// <summary>What somebody began before goes on here, and with it all that it begins.</summary>
    public static void Resume(CallContext? before) => s_current.Value = before;

    /// <summary>A host serves a request; what it calls from here on is a part of it.</summary>
    public static CallContext Serve(
        IEndpointWorld life, string host, LifeClock clock, HttpContext request) =>
        s_current.Value = Last = new(life, host, request, null, isOpen: true, clock);

    /// <summary>Somebody sends a request to a host, and waits.</summary>
    public static CallContext Ask(IEndpointWorld life, string who, HttpRequestMessage request) =>
        new(life, who, request, request.RequestUri?.Host ?? "", isOpen: true);

    /// <summary>Somebody asks a database for something, and waits.</summary>
    public static CallContext Ask(NetworkStack from, string whom, DatabaseRequest request) =>
        new(from.World, from.Name, request, whom, isOpen: true);

    /// <summary>Somebody waits for a connection to a database.</summary>
    public static CallContext AskForConnection(NetworkStack from, string whom) =>
        new(from.World, from.Name, "a connection", whom, isOpen: true);

    /// <summary>It is over.</summary>
    public void Dispose()
    {
        // The server takes the same object for its next request.
        _what = _what is HttpContext served
            ? new Served(served.Request.Method, served.Request.Path, served.GetEndpoint())
            : null;
        if (_place is { List: not null })
            s_open.Remove(_place);
    }

    static string Short(string sql) =>
        $"SQL \"{(sql.Length > LongestSql ? string.Concat(sql.AsSpan(0, LongestSql), "…") : sql)}\"";

    sealed record Served(string Method, string? Path, Endpoint? By);
}
