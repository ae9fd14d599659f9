using System.Globalization;

namespace Steelyard.Simulation.Scheduling;

/// <summary>How many events there were of each kind: messages by their type, timers, and syncs.</summary>
internal sealed class EventKinds
{
    // Sorted by name where it is told: types have no order of their own.
    readonly Dictionary<Type, long> _messages = [];
    long _timers;
    long _syncs;

    /// <summary>All of them.</summary>
    public long Total { get; private set; }

    /// <summary>Counts one.</summary>
    public void Add(in Event counted)
    {
        Total++;
        if (counted.Kind == EventKind.Timer)
            _timers++;
        else if (counted.Kind == EventKind.Synced)
            _syncs++;
        else if (counted.Subject is { } message)
            _messages[message.GetType()] = _messages.GetValueOrDefault(message.GetType()) + 1;
    }

    /// <summary>The kinds that took the most, with their shares: <c>64 % were Replicate, 30 %
    /// ReplicateReply</c>; what is no percent is left out.</summary>
    public string Most(int kinds)
    {
        var most = _messages.Select(pair => (Kind: pair.Key.Name, Count: pair.Value))
            .Append((Kind: "timers", Count: _timers))
            .Append((Kind: "syncs of disks", Count: _syncs))
            .Where(kind => kind.Count * 200 >= Total)
            .OrderByDescending(kind => kind.Count)
            .ThenBy(kind => kind.Kind, StringComparer.Ordinal)
            .Take(kinds)
            .Select((kind, place) => $"{Share(kind.Count)} {(place == 0 ? "were " : "")}{kind.Kind}");
        return string.Join(", ", most);
    }

    string Share(long count) =>
        (100.0 * count / Total).ToString("0", CultureInfo.InvariantCulture) + " %";
}
