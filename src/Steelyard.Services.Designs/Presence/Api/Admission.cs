using Microsoft.AspNetCore.Http;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Presence.Api;

/// <summary>
/// Lets users in. Each attempt costs the host's processor a handshake before the application can say a word
/// (TLS, the token); whoever is let in costs it more. So only a few log in at once, and the rest is told to
/// come back later.
/// </summary>
internal sealed class Admission(LiveConnections connections, TimeProvider time)
{
    const int MostLogins = 4;

    static readonly TimeSpan Handshake = TimeSpan.FromMilliseconds(60);
    static readonly TimeSpan Login = TimeSpan.FromMilliseconds(30);

    readonly Processor _processor = new(time);
    int _logins;

    /// <summary>Lets a connection in, or answers why not.</summary>
    public async Task<LiveConnection?> Admit(
        HttpContext http, long connection, int user, int users, long since)
    {
        await _processor.Work(Handshake).ConfigureAwait(false);
        if (_logins >= MostLogins)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return null;
        }

        _logins++;
        try
        {
            await _processor.Work(Login).ConfigureAwait(false);
            var live = http.RequestAborted.IsCancellationRequested
                ? null
                : await connections.Open(connection, user, users, since).ConfigureAwait(false);
            if (live is null)
                http.Response.StatusCode = StatusCodes.Status409Conflict;
            return live;
        }
        finally
        {
            _logins--;
        }
    }
}
