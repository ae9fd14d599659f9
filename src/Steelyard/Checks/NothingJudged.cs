using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Asks nothing of a history, and so never says that it held: what was measured is all there
/// is.</summary>
internal sealed class NothingJudged : IChecker
{
    public string Name => HistoryModels.Nothing;

    public string Sentence => "Nothing was asked";

    public Verdict Check(History history) =>
        Verdict.Undecided(Name, "no model was named, so nothing was judged; these are measures only");
}
