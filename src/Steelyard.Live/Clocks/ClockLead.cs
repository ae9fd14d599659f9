using System.Data.Common;
using System.Net.Sockets;
using Steelyard.Live.Engines;

namespace Steelyard.Live.Clocks;

/// <summary>How far a node's clock is ahead of ours, as it says itself: between two bounds, since it was
/// asked and then answered.</summary>
/// <param name="Least">At least so far; negative is behind.</param>
/// <param name="Most">At most so far.</param>
internal readonly record struct ClockLead(TimeSpan Least, TimeSpan Most)
{
    const int Times = 5;
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks a node; null when it does not say.</summary>
    public static ClockLead? Of(EngineCluster cluster, EngineNode node)
    {
        using var time = new CancellationTokenSource(s_patience);
        try
        {
            return cluster.LeadOfClock(node, time.Token).GetAwaiter().GetResult();
        }
        catch (Exception silent)
            when (silent is DbException or IOException or SocketException or OperationCanceledException)
        {
            // It is down, or too busy to say.
            return null;
        }
    }

    /// <summary>Asks some times, and takes the answer that came soonest.</summary>
    /// <param name="read">What its clock says.</param>
    public static async Task<ClockLead> By(Func<Task<DateTimeOffset>> read)
    {
        var leads = new List<ClockLead>();
        for (var time = 0; time < Times; time++)
        {
            var asked = DateTimeOffset.UtcNow;
            var said = await read();
            leads.Add(new(said - DateTimeOffset.UtcNow, said - asked));
        }

        return leads.MinBy(lead => lead.Most - lead.Least);
    }

    /// <summary>Whether it has moved for certain since it was asked before.</summary>
    /// <param name="before">What it said then; null is nothing.</param>
    /// <param name="towards">Ahead where that is positive, else back.</param>
    public bool HasMoved(ClockLead? before, TimeSpan towards) => before is { } earlier
        && (towards > TimeSpan.Zero ? Least > earlier.Most : Most < earlier.Least);
}
