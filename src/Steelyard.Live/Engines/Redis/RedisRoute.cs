using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Leads what a client asks to the server that it is for.</summary>
internal sealed class RedisRoute(RespCluster cluster, ClientSeat seat) : IAsyncDisposable
{
    const int MostRedirects = 4;

    static readonly TimeSpan s_waitAtMost = TimeSpan.FromSeconds(1);

    readonly Dictionary<int, IRedisLink> _links = [];
    readonly Dictionary<string, int> _owners = new(StringComparer.Ordinal);

    // Whom a key is asked of while nobody has told who owns it: the next one where that one is gone.
    int _gate = seat.Home;

    /// <summary>Where the client stands.</summary>
    public ClientSeat Seat => seat;

    /// <summary>What was chosen besides the set-up.</summary>
    public RedisChoices Choices => cluster.Choices;

    /// <summary>Reads, from whom it was chosen.</summary>
    public async Task<object?> Read(params IReadOnlyList<string> words)
    {
        words = cluster.InRoom(words);
        return Choices.Reads switch
        {
            "nearest" => await Ask(seat.Home, words),
            "any" => await Ask(seat.Random.Next(cluster.Nodes.Count), words),
            _ => await Ask(await Owner(words), words),
        };
    }

    /// <summary>Reads what one server holds.</summary>
    public Task<object?> ReadAt(int node, params IReadOnlyList<string> words) => Ask(node, words);

    /// <summary>Changes something, and waits for as many replicas as was chosen.</summary>
    /// <exception cref="RedisDoubtException">It was done, and too few replicas were heard of in
    /// time.</exception>
    public async Task<object?> Write(params IReadOnlyList<string> words)
    {
        words = cluster.InRoom(words);
        var answer = await Ask(await Owner(words), words);
        if (Choices.Wait > 0)
            await Wait(words);
        return answer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links.Values)
            await link.DisposeAsync();
    }

    // WAIT does not undo what too few replicas have: whatever goes wrong with it leaves the write in doubt.
    async Task Wait(IReadOnlyList<string> written)
    {
        object? known;
        try
        {
            known = await Ask(
                await Owner(written),
                ["WAIT", Text(Choices.Wait), Text((int)s_waitAtMost.TotalMilliseconds)]);
        }
        catch (Exception failed) when (failed is IOException or RedisUnreachableException or RedisException)
        {
            throw new RedisDoubtException("WAIT failed");
        }

        if (known is not long replicas || replicas < Choices.Wait)
            throw new RedisDoubtException($"WAIT found {known} of {Choices.Wait}");
    }

    // Over the wire we remember whom a key was found with; the library does so itself.
    async Task<int> Owner(IReadOnlyList<string> words)
    {
        if (cluster.IsSharded)
            return _owners.GetValueOrDefault(KeyOf(words), _gate);
        using var time = new CancellationTokenSource(seat.Patience / 2);
        try
        {
            return await cluster.PrimaryFor(seat.Home, time.Token);
        }
        catch (Exception unknown) when (unknown is IOException or SocketException
            or OperationCanceledException)
        {
            throw new RedisUnreachableException();
        }
    }

    async Task<object?> Ask(int node, IReadOnlyList<string> words)
    {
        for (var redirects = 0; ; redirects++)
        {
            var link = await To(node);
            try
            {
                return await link.Ask(words);
            }
            catch (RespErrorException elsewhere) when (elsewhere.Kind is "MOVED" or "ASK"
                && redirects < MostRedirects && Redirected(elsewhere) is { } other)
            {
                node = other;
                if (elsewhere.Kind == "MOVED")
                    _owners[KeyOf(words)] = other;
                else
                    await (await To(node)).Ask(["ASKING"]);
            }
            catch (Exception silent) when (silent is not RespErrorException)
            {
                // Who comes next begins with a connection of its own.
                _links.Remove(node);
                await link.DisposeAsync();
                throw;
            }
        }
    }

    // MOVED 3999 198.18.0.1:6379
    int? Redirected(RespErrorException elsewhere) =>
        elsewhere.Message.Split(' ') is [_, _, var address] && IPEndPoint.TryParse(address, out var there)
            ? cluster.NodeAt(there) : null;

    async Task<IRedisLink> To(int node)
    {
        if (_links.TryGetValue(node, out var link))
            return link;
        try
        {
            return _links[node] = await Open(node);
        }
        catch (Exception unreachable) when (unreachable is RedisException or IOException
            or OperationCanceledException or SocketException)
        {
            Forget(node);
            throw new RedisUnreachableException();
        }
    }

    void Forget(int node)
    {
        foreach (var (key, _) in _owners.Where(owned => owned.Value == node).ToList())
            _owners.Remove(key);
        if (_gate == node)
            _gate = (node + 1) % cluster.Nodes.Count;
    }

    async Task<IRedisLink> Open(int node)
    {
        var server = cluster.ServerOf(seat.Home, node);
        if (!Choices.IsWire)
            return await LibraryLink.Open(
                server, seat.Patience, cluster.Account,
                cluster.IsSharded ? new ShardTunnel(cluster, seat.Home) : null);
        using var time = new CancellationTokenSource(seat.Patience / 2);
        return await WireLink.Open(server, cluster.Account, time.Token);
    }

    static string KeyOf(IReadOnlyList<string> words) => words[0] == "EVAL" ? words[3] : words[1];

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
