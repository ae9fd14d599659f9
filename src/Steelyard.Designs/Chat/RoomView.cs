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
sealed class RoomView(RoomRules rules)
{
    readonly List<GossipEntry> _shown = [];
    readonly HashSet<Value> _shownIds = [];
    readonly Dictionary<Value, GossipEntry> _earliest = [];
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
        var id = IdOf(entry);
        if (!_earliest.TryGetValue(id, out var known))
            _earliest.Add(id, entry);
        else if (rules.Dedup)
        {
            MoveUp(id, known, entry);
            return;
        }

        if (MustWait(entry, out var parent))
            Hold(parent, entry);
        else
            Show(entry);
    }

    // Of several copies the earliest counts, whichever came first: so all replicas agree on its place.
    void MoveUp(Value id, GossipEntry known, GossipEntry entry)
    {
        if (entry.CompareTo(known) >= 0)
            return;
        _earliest[id] = entry;
        if (rules.ByTime && _shown.Remove(known))
            Insert(entry);
        Release(id);
    }

    bool MustWait(GossipEntry entry, out Value parent)
    {
        parent = entry.Payload["reply-to"];
        if (!rules.Causal || parent.IsNil)
            return false;
        // The parent's copy here may be a later one than the copy that was answered: its earlier one is on
        // its way.
        return !_shownIds.Contains(parent) || (rules.ByTime && _earliest[parent].CompareTo(entry) > 0);
    }

    void Hold(Value parent, GossipEntry entry)
    {
        if (!_held.TryGetValue(parent, out var waiting))
            _held.Add(parent, waiting = []);
        waiting.Add(entry);
    }

    void Show(GossipEntry entry)
    {
        var id = IdOf(entry);
        Insert(rules.Dedup ? _earliest[id] : entry);
        _shownIds.Add(id);
        Release(id);
    }

    void Release(Value id)
    {
        if (!_shownIds.Contains(id) || !_held.Remove(id, out var waiting))
            return;
        foreach (var entry in waiting)
            if (MustWait(entry, out var parent))
                Hold(parent, entry);
            else
                Show(entry);
    }

    void Insert(GossipEntry entry)
    {
        var at = rules.ByTime ? ~_shown.BinarySearch(entry) : _shown.Count;
        _shown.Insert(at, entry);
    }
}
