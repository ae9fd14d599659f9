using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Workloads;

/// <summary>What a checker of a workload found wrong: how often each type, and the first few of
/// each.</summary>
/// <param name="checker">The checker's name.</param>
internal sealed class WorkloadFindings(string checker)
{
    readonly List<string> _types = [];
    readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    readonly List<Anomaly> _shown = [];

    /// <summary>True when nothing was found.</summary>
    public bool IsEmpty => _types.Count == 0;

    /// <summary>How often a type was found.</summary>
    public int CountOf(string type) => _counts.GetValueOrDefault(type);

    /// <summary>Adds one; the sentence is made only if it will be shown.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="sentence">Makes the sentence.</param>
    /// <param name="witness">The operations that show it.</param>
    public void Add(string type, Func<string> sentence, params ReadOnlySpan<int> witness)
    {
        var count = CountOf(type);
        if (count == 0)
            _types.Add(type);
        _counts[type] = count + 1;
        if (count < MostAnomalies)
            _shown.Add(new(type, sentence(), InOrder(witness)));
    }

    /// <summary>Broken, with all counts in the summary; only for findings that are not empty.</summary>
    public Verdict Broken()
    {
        var order = _shown.OrderBy(found => _types.IndexOf(found.Type)).ToList();
        var isOne = _types.Count == 1 && _counts[_types[0]] == 1;
        var counts = isOne ? _types[0]
            : $"in all {string.Join(", ", _types.Select(type => $"{_counts[type]:N0} {type}"))}";
        return Verdict.Broken(checker, order) with
        {
            Summary = $"{order[0].Explanation} ({counts})",
        };
    }

    static int[] InOrder(ReadOnlySpan<int> witness)
    {
        var indices = witness.ToArray();
        Array.Sort(indices);
        return [.. indices.Distinct()];
    }
}
