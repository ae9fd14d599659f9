using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads.Logs;

/// <summary>
/// What is known of one log: which message stands at which offset, by whose word. Offsets have gaps (markers
/// of transactions take some), so places count the offsets at which some message is known.
/// </summary>
internal sealed class PartitionLog(Value key)
{
    readonly List<(long Offset, Value Value, LogOperation Teller)> _facts = [];
    readonly Dictionary<long, int> _places = [];
    readonly Dictionary<Value, (int First, int Last)> _placesOf = [];
    readonly List<int> _firstFact = [];

    public Value Key => key;

    /// <summary>Takes a message whose offset is known.</summary>
    public void Add(long offset, Value value, LogOperation teller) => _facts.Add((offset, value, teller));

    /// <summary>Puts all in order; to be called once, before any question.</summary>
    public void Close()
    {
        _facts.Sort(static (a, b) => (a.Offset, a.Value, a.Teller.Number)
            .CompareTo((b.Offset, b.Value, b.Teller.Number)));
        for (var i = 0; i < _facts.Count; i++)
        {
            var (offset, value, _) = _facts[i];
            if (_places.TryAdd(offset, _firstFact.Count))
                _firstFact.Add(i);
            var place = _places[offset];
            var (first, _) = _placesOf.GetValueOrDefault(value, (place, place));
            _placesOf[value] = (first, place);
        }
    }

    /// <summary>Where a message stands; null when nobody told, or when it stands at several
    /// places.</summary>
    public int? PlaceOf(LogMessage message)
    {
        if (message.Offset is { } offset)
            return _places.TryGetValue(offset, out var place) ? place : null;
        return _placesOf.TryGetValue(message.Value, out var places) && places.First == places.Last
            ? places.First
            : null;
    }

    /// <summary>What stands at a place, and who told so first.</summary>
    public (long Offset, Value Value, LogOperation Teller) At(int place) => _facts[_firstFact[place]];

    /// <summary>Offsets at which two messages were told, with who told them.</summary>
    public IEnumerable<LogConflict> Conflicts()
    {
        for (var i = 1; i < _facts.Count; i++)
            if (_facts[i].Offset == _facts[i - 1].Offset && _facts[i].Value != _facts[i - 1].Value)
                yield return new(
                    _facts[i].Offset, _facts[i - 1].Value, _facts[i - 1].Teller, _facts[i].Value,
                    _facts[i].Teller);
    }

    /// <summary>Messages that stand at several offsets, in order of their first.</summary>
    public IEnumerable<(Value Value, int First, int Last)> Duplicates() =>
        from entry in _placesOf
        where entry.Value.First != entry.Value.Last
        orderby entry.Value.First, entry.Key
        select (entry.Key, entry.Value.First, entry.Value.Last);

    /// <summary>Who first told that a message stands at a place.</summary>
    public LogOperation TellerOf(Value value, int place)
    {
        var fact = _firstFact[place];
        while (_facts[fact].Value != value)
            fact++;
        return _facts[fact].Teller;
    }

    /// <summary>All messages, by first place.</summary>
    public IEnumerable<(Value Value, int First, int Last)> Messages() =>
        from entry in _placesOf
        orderby entry.Value.First, entry.Key
        select (entry.Key, entry.Value.First, entry.Value.Last);
}

/// <summary>Two messages told for one offset, and who told them.</summary>
internal readonly record struct LogConflict(
    long Offset, Value One, LogOperation First, Value Other, LogOperation Second);
