using Steelyard.Live.Sql;

namespace Steelyard.Live.Scripts;

/// <summary>
/// Plays a script on a database. After each step every session is either done or stands still, as the server
/// itself says, before the next step is taken: nothing depends on how fast anybody is.
/// </summary>
internal sealed class ScriptPlay(
    AnomalyScript script, ScriptTale tale, SqlSession observer, IReadOnlyList<ScriptSession> sessions)
{
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    // The table is made anew: what was deleted from it leaves locks and versions behind.
    static readonly string[] s_table =
    [
        "drop table if exists test",
        "create table test (id int primary key, value int not null)",
        "insert into test values (1, 10), (2, 20)",
    ];

    /// <summary>Plays one at a level.</summary>
    /// <param name="script">The script.</param>
    /// <param name="level">The level of all its sessions.</param>
    /// <param name="cluster">Where it is played: on the primary.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ScriptTale> Play(
        AnomalyScript script, SqlLevel level, SqlCluster cluster, CancellationToken cancellation)
    {
        var (tale, dialect) = (new ScriptTale(), cluster.Dialect);
        await using var observer = await cluster.Open(cluster.CurrentPrimary, s_table, cancellation);
        var sessions = new List<ScriptSession>();
        try
        {
            for (var number = 1; number <= script.Sessions; number++)
                sessions.Add(await ScriptSession.Open(
                    first => cluster.Open(cluster.CurrentPrimary, first, cancellation), dialect, level, tale,
                    cancellation));
            await new ScriptPlay(script, tale, observer, sessions).PlayAll(cancellation);
        }
        finally
        {
            foreach (var session in sessions)
                await session.DisposeAsync();
        }

        tale.Last = ScriptRows.Of(await observer.Ask("select id, value from test order by id", cancellation));
        return tale;
    }

    async Task PlayAll(CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(s_patience);
        foreach (var step in script.Steps)
        {
            var acting = sessions[step.Session - 1];
            acting.Take(step);
            await Settle(acting, mayWait: step != script.Steps[^1], time.Token);
        }
    }

    async Task Settle(ScriptSession acting, bool mayWait, CancellationToken cancellation)
    {
        while (!await IsSettled(acting, mayWait))
        {
            if (cancellation.IsCancellationRequested)
                throw new LiveException(
                    $"{script.Name}: expected every session to go on within {s_patience.TotalSeconds:0} s,"
                    + " found one that stands still");
        }
    }

    // Who acts comes first: what another can do since then is told after it. Once something was told, all
    // are looked at anew. Where all of them wait, they wait for one another, and the server will end one.
    async Task<bool> IsSettled(ScriptSession acting, bool mayWait)
    {
        var (told, waiting) = (tale.Lines.Count, 0);
        foreach (var session in sessions.OrderBy(session => session != acting))
        {
            session.GoOn();
            await Task.WhenAny(session.Now, Task.Delay(s_look));
            session.GoOn();
            if (session.IsIdle)
                continue;
            if (!await session.Waits(observer))
                return false;
            waiting++;
        }

        return told == tale.Lines.Count && (waiting == 0 || (mayWait && waiting < sessions.Count));
    }
}
