using System.Buffers.Binary;

namespace Steelyard.Services.Postgres.Wire;

/// <summary>Finds requests in what a client sends.</summary>
internal sealed class RequestReader
{
    const int EncryptionByTls = 80877103;
    const int EncryptionByKerberos = 80877104;
    const int CancelRequest = 80877102;

    byte[] _bytes = [];
    bool _hasStarted;

    /// <summary>More came.</summary>
    public void Add(byte[] bytes) => _bytes = _bytes.Length == 0 ? bytes : [.. _bytes, .. bytes];

    /// <summary>The next request; null where it has not come whole.</summary>
    /// <param name="copy">Whether the server waits for rows: then all of them, and their end, are one
    /// request, since the server reads them when it likes.</param>
    /// <param name="copyEndsWithSync">Whether they were asked for in the extended protocol.</param>
    public SessionRequest? Next(bool copy, bool copyEndsWithSync)
    {
        if (!_hasStarted)
            return Start();
        var rowsAreOver = false;
        for (var place = 0; Length(place, head: 1) is { } length && place + length <= _bytes.Length;)
        {
            var kind = (char)_bytes[place];
            place += length;
            if (kind is 'c' or 'f')
                rowsAreOver = true;
            if (kind == 'X')
                return Take(place, RequestKind.Terminate);
            var isEnd = copy
                ? rowsAreOver && (copyEndsWithSync ? kind == 'S' : kind is 'c' or 'f')
                : kind is 'S' or 'Q' or 'F' or 'p';
            if (isEnd)
                return Take(place, RequestKind.Query, kind == 'S');
        }

        return null;
    }

    SessionRequest? Start()
    {
        if (_bytes.Length < 8 || Length(0, head: 0) is not { } length || _bytes.Length < length)
            return null;
        var code = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(4));
        var kind = code switch
        {
            EncryptionByTls or EncryptionByKerberos => RequestKind.Encryption,
            CancelRequest => RequestKind.Cancel,
            _ => RequestKind.Startup,
        };
        _hasStarted = kind == RequestKind.Startup;
        return Take(length, kind);
    }

    // Of the message that begins at a place, with what comes before its length.
    int? Length(int place, int head) => place + head + 4 > _bytes.Length
        ? null
        : head + BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(place + head));

    SessionRequest Take(int length, RequestKind kind, bool endsWithSync = false)
    {
        var request = new SessionRequest(kind, _bytes[..length], endsWithSync);
        _bytes = _bytes[length..];
        return request;
    }
}
