using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Steelyard.Services.Sockets;

namespace Steelyard.Services.Postgres.Servers;

/// <summary>A session of our own with a server: simple queries, and answers as text. An application brings
/// the client library of its choice, so the world brings none.</summary>
internal sealed class AdminSession : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    readonly Socket _socket;
    readonly byte[] _head = new byte[5];

    AdminSession(Socket socket)
    {
        _socket = socket;
        // A call that blocks would be one of the world's.
        _socket.Blocking = false;
    }

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody listens.</exception>
    /// <exception cref="IOException">It is refused.</exception>
    public static AdminSession Open(string path, string database)
    {
        var session = new AdminSession(UnixSocket.To(path));
        try
        {
            var words = Encoding.UTF8.GetBytes($"user\0postgres\0database\0{database}\0\0");
            var start = new byte[8 + words.Length];
            BinaryPrimitives.WriteInt32BigEndian(start, start.Length);
            BinaryPrimitives.WriteInt32BigEndian(start.AsSpan(4), 3 << 16);
            words.CopyTo(start, 8);
            session.Send(start);
            session.Rows();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Asks, and waits.</summary>
    /// <returns>The rows of all statements; null is SQL's null.</returns>
    /// <exception cref="IOException">The server says no.</exception>
    public IReadOnlyList<string?[]> Ask(string sql)
    {
        var words = Encoding.UTF8.GetBytes(sql);
        var message = new byte[6 + words.Length];
        message[0] = (byte)'Q';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 1);
        words.CopyTo(message, 5);
        Send(message);
        return Rows();
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    List<string?[]> Rows()
    {
        var rows = new List<string?[]>();
        string? problem = null;
        while (true)
        {
            var (kind, body) = Next();
            if (kind == 'D')
                rows.Add(Row(body));
            else if (kind == 'E')
                problem = Encoding.UTF8.GetString(body).Replace('\0', ' ');
            if (kind == 'Z')
                return problem is null ? rows : throw new IOException($"PostgreSQL says: {problem}");
        }
    }

    (char Kind, byte[] Body) Next()
    {
        Receive(_head);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(1)) - 4];
        Receive(body);
        return ((char)_head[0], body);
    }

    static string?[] Row(ReadOnlySpan<byte> body)
    {
        var row = new string?[BinaryPrimitives.ReadInt16BigEndian(body)];
        body = body[2..];
        for (var column = 0; column < row.Length; column++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(body);
            body = body[4..];
            if (length < 0)
                continue;
            row[column] = Encoding.UTF8.GetString(body[..length]);
            body = body[length..];
        }

        return row;
    }

    void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            Wait(SocketCalls.CanWrite);
            bytes = bytes[Math.Max(0, UnixSocket.SendNow(_socket, bytes))..];
        }
    }

    void Receive(Span<byte> into)
    {
        while (into.Length > 0)
        {
            Wait(SocketCalls.CanRead);
            var count = UnixSocket.ReceiveNow(_socket, into);
            if (count == 0)
                throw new IOException("PostgreSQL closed the connection");
            into = into[Math.Max(0, count)..];
        }
    }

    void Wait(short events)
    {
        if (SocketCalls.Look([SocketCalls.Of(_socket, events)], s_patience) == 0)
            throw new IOException("PostgreSQL does not answer within 10 s");
    }
}
