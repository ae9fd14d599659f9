using Steelyard.Histories;
using Steelyard.Services.Postgres.Servers;
using Steelyard.Services.Postgres.Wire;

namespace Steelyard.Services.Postgres;

/// <summary>
/// Lets sessions of a real server act one at a time. A turn is a request: it is over when the server has
/// answered, or when the session waits for a lock. Then those go on, one at a time too, that wait no more. So
/// whatever the server does follows from the order of requests, which is the world's.
/// </summary>
internal sealed class SessionTurns(PrivatePostgres server)
{
    // Most requests take less; then the server is asked whether somebody has to wait.
    static readonly TimeSpan s_firstLook = TimeSpan.FromTicks(3_000);
    static readonly TimeSpan s_longestLook = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan s_longestRequest = TimeSpan.FromSeconds(50);

    readonly LockWaits _locks = new(server.Admin);
    readonly List<PostgresSession> _waiting = [];

    /// <summary>Told of a request that is over.</summary>
    public required Action<PostgresSession> Done { get; init; }

    /// <summary>How many wait for a lock.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>How many requests there were.</summary>
    public int Count { get; private set; }

    /// <summary>Gives a session its turn.</summary>
    public void Ask(PostgresSession session, SessionRequest request)
    {
        Count++;
        session.Backend!.Ask(request.Bytes);
        Go(session);
        LetGoOn();
    }

    /// <summary>Gives up what a session waits for, if it does.</summary>
    public void Cancel(PostgresSession session)
    {
        if (!_waiting.Remove(session))
            return;
        session.Waits = false;
        session.Backend!.Cancel();
        Go(session);
        LetGoOn();
    }

    /// <summary>Ends a session; one that waits goes on until the server has answered it, since it does not
    /// look who reads.</summary>
    public void End(PostgresSession session)
    {
        if (session.Waits || session.Backend is not { } backend)
            return;
        session.Backend = null;
        backend.End();
        LetGoOn();
    }

    // Those that have waited longest first.
    void LetGoOn()
    {
        while (_waiting.Count > 0)
        {
            var free = _locks.FreeOf(_waiting.ConvertAll(waits => waits.Backend!.Process));
            if (_waiting.Find(waits => free.Contains(waits.Backend!.Process)) is not { } next)
                return;
            _waiting.Remove(next);
            next.Waits = false;
            Go(next);
        }
    }

    void Go(PostgresSession session)
    {
        var backend = session.Backend!;
        var looked = TimeSpan.Zero;
        for (var look = s_firstLook; !backend.HasAnswered(look); look = Longer(look))
        {
            if (backend.Process != 0 && _locks.IsStuck(
                backend.Process, _waiting.Select(waits => waits.Backend!.Process)))
            {
                backend.Hold();
                session.Waits = true;
                _waiting.Add(session);
                return;
            }

            if (look >= s_longestLook && backend.Process != 0 && server.WaitsForAll(backend.Process))
                using (server.LetWrite())
                    backend.HasAnswered(s_longestLook);
            looked += look;
            if (looked > s_longestRequest)
                throw new UserMistakeException(
                    "PostgreSQL: expected requests that take less than 50 s, found one that takes longer");
        }

        Done(session);
    }

    static TimeSpan Longer(TimeSpan look) => look * 2 <= s_longestLook ? look * 2 : s_longestLook;
}
