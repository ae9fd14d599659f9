namespace Steelyard.Services.Scheduling;

/// <summary>Something of this process that a run leaves behind, and that must be put away at its
/// end.</summary>
internal interface ILiveHost
{
    /// <summary>Breaks its connections.</summary>
    void BreakOff();

    /// <summary>Lets what waits for a timer go on.</summary>
    /// <returns>False when nothing waited.</returns>
    bool Release();

    /// <summary>Stops it for good.</summary>
    Task Stop();
}

/// <summary>Every host that a run started, those before a crash too: one run at a time in a
/// process.</summary>
internal static class LiveHosts
{
    // What hangs longer than this many rounds of timers is left to the end of the process.
    const int MostRounds = 100;

    static readonly List<ILiveHost> s_all = [];

    /// <summary>Remembers one.</summary>
    public static void Add(ILiveHost host) => s_all.Add(host);

    /// <summary>Stops them all; to be called on the worker when the run is over.</summary>
    public static async Task StopAll()
    {
        var hosts = s_all.ToList();
        s_all.Clear();
        hosts.ForEach(host => host.BreakOff());
        await PoolThread.Settled();
        var stops = hosts.ConvertAll(host => host.Stop());
        var all = Task.WhenAll(stops);
        for (var round = 0; round < MostRounds; round++)
        {
            await PoolThread.Settled();
            if (all.IsCompleted || !hosts.Exists(host => host.Release()))
                break;
        }

        // Kestrel gives connections that will not end a second of real time before it lets go.
        await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(2)));
    }
}
