using Steelyard.Analysis;
using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Designs.Chat;

/// <summary>
/// Every side answers everything while a partition lasts; a promise about partitions that a run without one
/// cannot break.
/// </summary>
sealed class AvailableIfCut : IChecker
{
    // However late: a side whose only server is held still answers when that goes on.
    readonly AvailableDuringPartition _checker = new(1, TimeSpan.MaxValue);

    public string Name => _checker.Name;

    public string Sentence => _checker.Sentence;

    public Verdict Check(History history) =>
        Connectivity.Of(history).Windows.Count > 0
            ? _checker.Check(history)
            : Verdict.Holds(Name, "no full partition came, so there was nothing to stay available through");
}
