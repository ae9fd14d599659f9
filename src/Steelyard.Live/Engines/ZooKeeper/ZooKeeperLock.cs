using System.Globalization;
using System.Net.Sockets;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>A lock as ZooKeeper's recipes make it: who has the ticket with the lowest number holds it, and a
/// ticket goes with its session.</summary>
/// <param name="Ticket">The path of the holder's ticket.</param>
/// <param name="Session">The session it goes with.</param>
internal sealed record ZooKeeperLock(string Ticket, long Session)
{
    const int Digits = 10;

    /// <summary>The number of the ticket: greater than those of all holders before.</summary>
    public long Token => long.Parse(Ticket[^Digits..], CultureInfo.InvariantCulture);

    /// <summary>Takes it, if nobody has a lower ticket.</summary>
    /// <param name="session">The session.</param>
    /// <param name="folder">Where the tickets are.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Null where somebody has; the ticket is given back.</returns>
    /// <exception cref="IOException">That cannot be told; the session is left to expire, so that no ticket
    /// stays which nobody knows of.</exception>
    public static async Task<ZooKeeperLock?> TryTake(
        ZooKeeperSession session, string folder, CancellationToken stop)
    {
        try
        {
            var ticket = await session.Create($"{folder}/t-", "", stop, isTicket: true);
            var tickets = await session.GetChildren(folder, stop);
            if (tickets.Order(StringComparer.Ordinal).First() == ticket[(folder.Length + 1)..])
                return new(ticket, session.Number);
            await session.Delete(ticket, stop);
            return null;
        }
        catch (Exception silent) when (silent is IOException or SocketException or OperationCanceledException)
        {
            session.Abandon();
            throw;
        }
    }

    /// <summary>Gives it back.</summary>
    /// <returns>Whether it was still ours.</returns>
    /// <exception cref="IOException">That cannot be told.</exception>
    public async Task<bool> GiveBack(ZooKeeperSession session, CancellationToken stop)
    {
        try
        {
            if (session.Number != Session)
                return false;
            await session.Delete(Ticket, stop);
            return true;
        }
        catch (ZooKeeperRefusal refusal) when (refusal.IsCertain)
        {
            return false;
        }
        catch (IOException)
        {
            // A server hangs up on a session that has expired. One that has not may have been heard.
            await session.Connect(stop);
            if (session.Number == Session)
                throw;
            return false;
        }
    }
}
