namespace Steelyard.Services.Postgres.Wire;

/// <summary>What a client may ask for.</summary>
internal enum RequestKind : byte
{
    /// <summary>A connection that is encrypted: there is none.</summary>
    Encryption,

    /// <summary>That what another session waits for be given up.</summary>
    Cancel,

    /// <summary>A session.</summary>
    Startup,

    /// <summary>Anything that the server answers until it is ready for the next query.</summary>
    Query,

    /// <summary>The end of the session.</summary>
    Terminate,
}

/// <summary>One request of a client: as many messages of PostgreSQL's protocol (version 3, "Frontend/Backend
/// Protocol") as are answered at once.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Bytes">Its messages.</param>
/// <param name="EndsWithSync">Whether it is of the extended protocol.</param>
internal sealed record SessionRequest(RequestKind Kind, byte[] Bytes, bool EndsWithSync);
