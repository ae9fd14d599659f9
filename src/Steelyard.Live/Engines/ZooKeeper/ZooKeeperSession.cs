using System.Net;
using System.Net.Sockets;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>
/// A session with one server. A connection that broke is made anew, to the same server and for the same
/// session, when something is asked again; nothing is sent twice. Where the session has expired by then, a
/// new one begins, which still asks for a server that has seen whatever this client has.
/// </summary>
/// <remarks>ZooKeeper's own client also goes to other servers: this one stays where it stands.</remarks>
/// <param name="server">Where clients are served.</param>
/// <param name="root">The path under which all that it asks for stands; empty is the root of
/// all.</param>
internal sealed class ZooKeeperSession(IPEndPoint server, string root = "") : IAsyncDisposable
{
    /// <summary>How long it outlives its client's last sign of life.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(3);

    const int PasswordBytes = 16;

    readonly CancellationTokenSource _over = new();
    ZooKeeperLink? _link;
    byte[] _password = new byte[PasswordBytes];
    long _lastChange;
    Task _living = Task.CompletedTask;

    /// <summary>The path under which all that it asks for stands; empty is the root of all.</summary>
    public string Root => root;

    /// <summary>Its number; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>True while its client stands still: nobody is told that it lives.</summary>
    public bool IsStill { get; set; }

    /// <summary>Makes sure that there is a connection.</summary>
    /// <exception cref="IOException">The server hung up.</exception>
    /// <exception cref="SocketException">It is not there.</exception>
    public async Task Connect(CancellationToken stop)
    {
        if (_link is { IsBroken: false })
            return;
        if (_link is not null)
            _lastChange = Math.Max(_lastChange, _link.LastChange);
        _link?.Dispose();
        if (await IsGreeted(stop))
            return;
        Abandon();
        if (!await IsGreeted(stop))
            throw new IOException("the server gave no session");
    }

    /// <summary>Asks once, over the connection that there is.</summary>
    /// <exception cref="ZooKeeperRefusal">It was refused.</exception>
    /// <exception cref="IOException">The connection broke before there was an answer.</exception>
    public Task<JuteReader> Ask(int kind, JuteWriter request, CancellationToken stop) =>
        (_link ?? throw new IOException("not connected")).Ask(kind, request, stop);

    /// <summary>Leaves it to expire, with whatever goes with it; the next connection begins a new
    /// one.</summary>
    public void Abandon()
    {
        _link?.Dispose();
        (Number, _password) = (0, new byte[PasswordBytes]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _living;
        if (_link is { IsBroken: false } link)
            await End(link);
        _link?.Dispose();
        _over.Dispose();
    }

    async Task<bool> IsGreeted(CancellationToken stop)
    {
        const int Version = 0;
        var (link, answer) = await ZooKeeperLink.Open(
            server,
            new JuteWriter().Int(Version).Long(_lastChange).Int((int)Lasts.TotalMilliseconds).Long(Number)
                .Bytes(_password).Bool(false),
            stop);
        answer.Int();
        var lasts = answer.Int();
        if (lasts <= 0)
        {
            link.Dispose();
            return false;
        }

        (_link, Number, _password) = (link, answer.Long(), answer.Bytes());
        _living = Task.Run(() => Live(link), CancellationToken.None);
        return true;
    }

    async Task Live(ZooKeeperLink link)
    {
        var ping = new JuteWriter().Int(ZooKeeperLink.PingNumber).Int(ZooKeeperRequests.Ping);
        try
        {
            while (!link.IsBroken)
            {
                await Task.Delay(Lasts / 4, _over.Token);
                if (!IsStill)
                    await link.Send(ping, _over.Token);
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or SocketException)
        {
            // Who asks next finds out.
        }
    }

    // Its ephemeral nodes go at once; where that is not heard, they go when it expires.
    static async Task End(ZooKeeperLink link)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await link.Ask(ZooKeeperRequests.Close, new(), time.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException
            or ZooKeeperRefusal)
        {
        }
    }
}
