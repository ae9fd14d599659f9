using Steelyard.Histories;

namespace Steelyard.Analysis.Effects;

/// <summary>Effects by id, in the order in which they were first seen. Most ids have one, and there may be
/// millions.</summary>
internal sealed class SeenEffects
{
    readonly OrderedDictionary<Value, (int Count, int First)> _seen = [];
    readonly Dictionary<Value, List<int>> _more = [];

    /// <summary>How many operations show the effect of an id.</summary>
    public int Count(Value id) => _seen.TryGetValue(id, out var seen) ? seen.Count : 0;

    /// <summary>All ids with their counts.</summary>
    public IEnumerable<(Value Id, int Count)> All => _seen.Select(pair => (pair.Key, pair.Value.Count));

    /// <summary>The operations that show the effect of an id.</summary>
    public IReadOnlyList<int> Of(Value id) =>
        !_seen.TryGetValue(id, out var seen) ? []
        : seen.Count == 1 ? [seen.First] : [seen.First, .. _more[id]];

    /// <summary>Adds one.</summary>
    public void Add(Value id, int operation)
    {
        if (!_seen.TryGetValue(id, out var seen))
        {
            _seen.Add(id, (1, operation));
            return;
        }

        _seen[id] = (seen.Count + 1, seen.First);
        if (!_more.TryGetValue(id, out var more))
            _more.Add(id, more = []);
        more.Add(operation);
    }
}
