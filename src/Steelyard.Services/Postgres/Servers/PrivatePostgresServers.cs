namespace Steelyard.Services.Postgres.Servers;

/// <summary>The servers of this process: each PostgreSQL of a world has one of its own.</summary>
internal static class PrivatePostgresServers
{
    static readonly Stack<PrivatePostgres> s_idle = new();
    static readonly Dictionary<string, PrivatePostgres> s_inUse = [];

    /// <summary>The server of a database host, as a life of the host finds it: empty at first, and after a
    /// crash with what it recovers.</summary>
    public static PrivatePostgres Start(string host, PostgresOptions options)
    {
        if (s_inUse.TryGetValue(host, out var crashed))
        {
            crashed.Crash();
            return crashed;
        }

        while (s_idle.TryPop(out var server))
        {
            if (server.Refresh(host, options))
                return s_inUse[host] = server;
            server.Kill();
        }

        var made = PrivatePostgres.Make();
        made.Refresh(host, options);
        return s_inUse[host] = made;
    }

    /// <summary>The run is over.</summary>
    public static void End()
    {
        // The first host of the next run takes the server that the first one of this run had.
        foreach (var server in s_inUse.OrderByDescending(used => used.Key, StringComparer.Ordinal))
            s_idle.Push(server.Value);
        s_inUse.Clear();
    }
}
