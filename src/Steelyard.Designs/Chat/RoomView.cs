using Steelyard.Designs.AntiEntropy;
using Steelyard.Histories;

namespace Steelyard.Designs.Chat;

/// <summary>How rooms are shown; each mechanism can be left out.</summary>
/// <param name="ByTime">True: in the order of hybrid timestamps, the same everywhere. False: as messages
/// arrive.</param>
/// <param name="Causal">True: a reply is held back until what it answers is shown above it.</param>
/// <param name="Dedup">True: a message accepted at two nodes is shown once.</param>
sealed record RoomRules(bool ByTime, bool Causal, bool Dedup);

/// <summary>What one replica shows of one room.</summary>
/// <remarks>
/// A message accepted at several nodes has a copy of each. It stands at the earliest of its copies that comes
/// after the place of the message it answers: a copy before that stems from somebody who saw an earlier copy
/// of the parent, which is still on its way here, so it waits. As copies come, places only move up; so what
/// is shown stays shown, and replicas with the same copies show the same.
/// </remarks>
sealed class RoomView(RoomRules rules)
{
    readonly List<GossipEntry> _shown = [];
    readonly Dictionary<Value, GossipEntry> _places = [];
    readonly Dictionary<Value, List<GossipEntry>> _held = [];

    /// <summary>The ids shown, in order.</summary>
    public Value Ids
    {
        get
        {
            var ids = new Value[_shown.Count];
            for (var i = 0; i < ids.Length; i++)
                ids[i] = IdOf(_shown[i]);
            return Value.List(ids);
        }
    }

    /// <summary>The id shown last; nil in an empty room.</summary>
    public Value LastId => _shown.Count == 0 ? Value.Nil : IdOf(_shown[^1]);

    static Value IdOf(GossipEntry entry) => entry.Payload["id"];

    /// <summary>Adds a message, or another copy of one.</summary>
    public void Add(GossipEntry entry)
    {
        if (MustWait(entry, out var parent))
            Hold(parent, entry);
        else
            Show(entry);
    }

    bool MustWait(GossipEntry entry, out Value parent)
    {
        parent = entry.Payload["reply-to"];
        if (!rules.Causal || parent.IsNil)
            return false;
        return !_places.TryGetValue(parent, out var place) || IsBefore(entry, place);
    }

    bool IsBefore(GossipEntry entry, GossipEntry place) => rules.ByTime && entry.CompareTo(place) < 0;

    void Hold(Value parent, GossipEntry entry)
    {
        if (!_held.TryGetValue(parent, out var waiting))
            _held.Add(parent, waiting = []);
        waiting.Add(entry);
    }

    void Show(GossipEntry entry)
    {
        var id = IdOf(entry);
        var movesUp = true;
        if (_places.TryGetValue(id, out var place))
        {
            movesUp = IsBefore(entry, place);
            if (rules.Dedup && !movesUp)
                return;
            if (rules.Dedup)
                _shown.RemoveAt(_shown.BinarySearch(place));
        }

        Insert(entry);
        if (!movesUp)
            return;
        _places[id] = entry;
        Release(id);
    }

    void Insert(GossipEntry entry)
    {
        var at = rules.ByTime ? ~_shown.BinarySearch(entry) : _shown.Count;
        _shown.Insert(at, entry);
    }

    void Release(Value id)
    {
        if (!_held.Remove(id, out var waiting))
            return;
        foreach (var entry in waiting)
            Add(entry);
    }
}
