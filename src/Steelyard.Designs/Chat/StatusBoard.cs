using Steelyard.Histories;

namespace Steelyard.Designs.Chat;

/// <summary>How concurrent updates of a user's status are resolved.</summary>
enum StatusResolution
{
    /// <summary>
    /// The one with the latest wall clock stands, and the others are gone (last writer wins).
    /// </summary>
    Lww,

    /// <summary>
    /// Updates that nobody overwrote knowingly stand side by side, for the reader to choose (siblings).
    /// </summary>
    VectorClock,

    /// <summary>
    /// A map with an entry for each device, which only that device writes: nothing ever conflicts.
    /// </summary>
    Crdt,

    /// <summary>Of the siblings the application shows the most private one.</summary>
    App,
}

/// <summary>
/// One user's status at one replica, from all updates it has heard of. The result depends on the set of
/// updates alone, not on the order in which they came.
/// </summary>
/// <remarks>
/// Each update has a dot (origin, number among that origin's updates of the user) and the context its client
/// had seen: a version vector and the dot of the client's own update before. An update that is in another's
/// context was overwritten knowingly (dotted version vectors: Preguiça et al. 2010). Copies of one update,
/// accepted at two nodes under one id, stand and fall together, and were made when the earliest of them was:
/// one that was long on its way is not the last word.
/// </remarks>
sealed class StatusBoard
{
    readonly SortedDictionary<Value, Update> _alive = [];
    readonly HashSet<Value> _overwritten = [];
    readonly HashSet<Value> _replacedDots = [];
    readonly SortedDictionary<Value, long> _seenByOthers = [];
    readonly SortedDictionary<Value, long> _here = [];
    readonly SortedDictionary<Value, Update> _devices = [];
    readonly Dictionary<Value, Update> _earliest = [];
    Update? _latest;

    sealed record Update(Value Id, Value Status, (long Wall, int Origin, long Number) Made, long Version)
    {
        public List<Value> Dots { get; } = [];
    }

    /// <summary>Everything heard of this user, as a context for the next update.</summary>
    public Value Context
    {
        get
        {
            var seen = _here.Select(pair => (pair.Key, (Value)pair.Value)).ToArray();
            return Value.Map(("seen", Value.Map(seen)));
        }
    }

    /// <summary>How many updates of an origin were heard of.</summary>
    public long CountOf(int origin) => _here.GetValueOrDefault(origin);

    /// <summary>The context a client has after an update of its own.</summary>
    public static Value After(Value context, Value dot) =>
        Value.Map(("seen", context.IsNil ? Value.Map() : context["seen"]), ("own", dot));

    /// <summary>Adds an update, or another copy of one.</summary>
    /// <param name="origin">The node that accepted it.</param>
    /// <param name="payload">id, status, device, version, wall, number and context.</param>
    public void Add(int origin, Value payload)
    {
        var update = new Update(
            payload["id"], payload["status"],
            (payload["wall"].AsInteger, origin, payload["number"].AsInteger), payload["version"].AsInteger);
        Value dot = Value.List(origin, payload["number"]);
        _here[origin] = Math.Max(CountOf(origin), payload["number"].AsInteger);
        Date(update);
        var device = payload["device"];
        if (!_devices.TryGetValue(device, out var last) || last.Version < update.Version)
            _devices[device] = update;
        Overwrite(payload["context"]);
        if (!_overwritten.Contains(update.Id))
        {
            if (!_alive.TryGetValue(update.Id, out var copy))
                _alive.Add(update.Id, copy = update);
            copy.Dots.Add(dot);
        }

        BuryOverwritten();
    }

    void Date(Update update)
    {
        if (_earliest.TryGetValue(update.Id, out var known) && update.Made.CompareTo(known.Made) >= 0)
            return;
        _earliest[update.Id] = update;
        if (_latest is not null && ReferenceEquals(known, _latest))
            _latest = _earliest.Values.MaxBy(each => each.Made);
        else if (_latest is null || update.Made.CompareTo(_latest.Made) > 0)
            _latest = update;
    }

    void Overwrite(Value context)
    {
        if (context.IsNil)
            return;
        foreach (var (origin, number) in context["seen"].AsMap)
            _seenByOthers[origin] = Math.Max(_seenByOthers.GetValueOrDefault(origin), number.AsInteger);
        if (!context["own"].IsNil)
            _replacedDots.Add(context["own"]);
    }

    void BuryOverwritten()
    {
        foreach (var (id, update) in _alive.ToArray())
            if (update.Dots.Exists(IsOverwritten))
            {
                _alive.Remove(id);
                _overwritten.Add(id);
            }
    }

    bool IsOverwritten(Value dot) =>
        dot.AsList[1].AsInteger <= _seenByOthers.GetValueOrDefault(dot.AsList[0])
        || _replacedDots.Contains(dot);

    /// <summary>What a reader is shown: a text, a list of siblings, a map of devices, or nil.</summary>
    public Value Shown(StatusResolution resolution) => resolution switch
    {
        StatusResolution.Lww => _latest?.Status ?? Value.Nil,
        StatusResolution.VectorClock => Siblings(),
        StatusResolution.Crdt => Value.Map([.. _devices.Select(pair => (pair.Key, pair.Value.Status))]),
        StatusResolution.App => Presence.MostPrivate([.. _alive.Values.Select(u => u.Status)]),
        _ => throw new InvalidOperationException($"no resolution {resolution}"),
    };

    Value Siblings()
    {
        var siblings = _alive.Values.Select(u => u.Status).Order().ToArray();
        return siblings.Length switch
        {
            0 => Value.Nil,
            1 => siblings[0],
            _ => Value.List(siblings),
        };
    }
}

/// <summary>The words of presence, and the application's rule: in doubt show less, not more.</summary>
static class Presence
{
    /// <summary>
    /// From the most private to the least; a status is one of them and a number that makes it distinct.
    /// </summary>
    public static IReadOnlyList<string> Words { get; } = ["hidden", "busy", "away", "online"];

    /// <summary>The most private of some statuses; nil of none.</summary>
    public static Value MostPrivate(IReadOnlyList<Value> statuses) =>
        statuses.Count == 0 ? Value.Nil : statuses.MinBy(s => (RankOf(s), s.AsText));

    /// <summary>True when the rule shows the first status rather than the second.</summary>
    public static bool Outranks(Value shown, Value hidden) =>
        (RankOf(shown), shown.AsText).CompareTo((RankOf(hidden), hidden.AsText)) < 0;

    static int RankOf(Value status)
    {
        for (var rank = 0; rank < Words.Count; rank++)
            if (status.AsText.StartsWith(Words[rank], StringComparison.Ordinal))
                return rank;
        return Words.Count;
    }
}
