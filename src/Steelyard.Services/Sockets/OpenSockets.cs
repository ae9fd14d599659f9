using System.Runtime.InteropServices;
using Steelyard.Services.Scheduling;

namespace Steelyard.Services.Sockets;

/// <summary>
/// The real sockets by which client libraries leave for the world, and the only place where their bytes move:
/// between two events, and one after the other. So when a byte moves is for the seed to say.
/// </summary>
internal static class OpenSockets
{
    static readonly List<SocketGate> s_gates = [];
    static readonly List<SocketCalls.Polled> s_polled = [];
    static readonly List<Action> s_found = [];
    static readonly Lazy<ReadyQueue> s_ready = new(() => ReadyQueue.In(SocketFolder.For("world")));
    static bool s_wasWritten;
    static string s_run = "";

    /// <summary>A run begins.</summary>
    public static void Begin(string run) => s_run = run;

    /// <summary>A folder for the sockets of this run.</summary>
    /// <param name="owner">Whose they are.</param>
    public static string FolderOf(string owner) => SocketFolder.For($"{s_run}-{owner}");

    /// <summary>Whether a client was sent something that it may not know of yet.</summary>
    public static bool HasNews => s_wasWritten;

    /// <summary>Whether there are any.</summary>
    public static bool AreThere => s_gates.Count > 0;

    /// <summary>A gate was opened.</summary>
    public static void Add(SocketGate gate) => s_gates.Add(gate);

    /// <summary>A client was sent something.</summary>
    public static void WasWritten() => s_wasWritten = true;

    /// <summary>Completes, on the worker, when clients have nothing to do with what they were sent, and what
    /// they sent is on its way.</summary>
    public static async ValueTask Settled()
    {
        if (s_gates.Count == 0)
            return;
        do
        {
            if (s_wasWritten)
            {
                s_wasWritten = false;
                await s_ready.Value.Told().ConfigureAwait(false);
            }

            await PoolThread.Settled().ConfigureAwait(false);
        }
        while (Take() || s_wasWritten);
    }

    /// <summary>Closes them all: the run is over. Completes when their clients know.</summary>
    public static async ValueTask End()
    {
        if (s_gates.Count == 0)
            return;
        s_gates.ForEach(gate => gate.Dispose());
        s_gates.Clear();
        s_wasWritten = false;
        await s_ready.Value.Told().ConfigureAwait(false);
        await PoolThread.Settled().ConfigureAwait(false);
    }

    // Whoever was read from has room again, and may wait for that.
    static bool Take()
    {
        s_polled.Clear();
        s_found.Clear();
        foreach (var gate in s_gates)
        {
            gate.Tidy();
            Watch(gate.Listener, gate.Accept);
            foreach (var link in gate.Links)
                if (link.Listens)
                    Watch(link.Socket, () => s_wasWritten |= link.TakeSent());
        }

        if (SocketCalls.Look(CollectionsMarshal.AsSpan(s_polled), TimeSpan.Zero) <= 0)
            return false;
        for (var place = 0; place < s_polled.Count; place++)
            if (s_polled[place].Found != 0)
                s_found[place]();
        return true;
    }

    static void Watch(System.Net.Sockets.Socket socket, Action found)
    {
        s_polled.Add(SocketCalls.Of(socket, SocketCalls.CanRead));
        s_found.Add(found);
    }
}
