using Steelyard.Services.Networking;
using Steelyard.Services.Postgres.Wire;
using Steelyard.Services.Sockets;

namespace Steelyard.Services.Postgres;

/// <summary>One client's connection at the database host, and the session behind it.</summary>
/// <param name="connection">What its client's bytes come over.</param>
/// <param name="number">Its number, that stands for a process of this machine.</param>
internal sealed class PostgresSession(Connection connection, int number)
{
    readonly Outbox _outbox = new(connection);
    readonly RequestReader _requests = new();
    bool _copyEndsWithSync;

    /// <summary>The process's number, as clients see it.</summary>
    public int Number => number;

    /// <summary>The session of the server; null while nobody asked for one.</summary>
    public Backend? Backend { get; set; }

    /// <summary>Whether it waits for a lock.</summary>
    public bool Waits { get; set; }

    /// <summary>Whether its client has gone.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>Whether it may have asked to be told what others notify.</summary>
    public bool MayListen { get; private set; }

    /// <summary>Takes what came over the connection.</summary>
    public void Take()
    {
        var bytes = ReadNow.From(connection.Input, out var isOver);
        if (bytes.Length > 0)
            _requests.Add(bytes);
        IsLeft |= isOver || connection.IsBroken;
    }

    /// <summary>The next request that came whole; null where there is none, or where one is still
    /// open.</summary>
    public SessionRequest? Next()
    {
        if (Waits)
            return null;
        var request = _requests.Next(Backend?.WantsRows == true, _copyEndsWithSync);
        if (request is null)
            return null;
        if (Backend?.WantsRows != true)
            _copyEndsWithSync = request.EndsWithSync;
        MayListen |= request.Kind == RequestKind.Query
            && Mentions(request.Bytes, "listen");
        return request;
    }

    /// <summary>Sends to the client.</summary>
    public void Send(byte[] bytes)
    {
        if (bytes.Length > 0)
            _outbox.Send(bytes);
    }

    /// <summary>Ends the connection, after what was sent.</summary>
    public void Close() => _outbox.End();

    static bool Mentions(ReadOnlySpan<byte> bytes, string word)
    {
        for (; bytes.Length >= word.Length; bytes = bytes[1..])
            if (System.Text.Ascii.EqualsIgnoreCase(bytes[..word.Length], word))
                return true;
        return false;
    }
}
