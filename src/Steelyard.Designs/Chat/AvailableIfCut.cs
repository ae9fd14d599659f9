using Steelyard.Analysis.Effects;
using Steelyard.Histories;

namespace Steelyard.Designs.Chat;

/// <summary>
/// Every side answers everything while a partition lasts; a promise about partitions that a run cannot break
/// where none came, or none that nothing else disturbed.
/// </summary>
sealed class AvailableIfCut : IChecker
{
    // A client that spoke to a server of another side tries every other one, 400 ms each, before its own, and
    // what it was asked meanwhile waits.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    readonly AvailableDuringPartition _checker = new(1, Limit);

    public string Name => _checker.Name;

    public string Sentence => _checker.Sentence;

    public Verdict Check(History history)
    {
        var verdict = _checker.Check(history);
        return verdict.Validity == Validity.Unknown
            ? Verdict.Holds(Name, $"{verdict.Exhausted}: there was nothing to stay available through")
            : verdict;
    }
}
