using Steelyard.Analysis.Staleness;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>One word after <c>--model</c>, and the judges it stands for.</summary>
/// <param name="Name">The word, as harnesses of the field call the workload: <c>cas-register</c>.</param>
/// <param name="Summary">What a history must look like, and what it is held to: one line for lists.</param>
/// <param name="Judges">The judges.</param>
public sealed record HistoryModel(
    string Name, string Summary, Func<ModelRequest, IReadOnlyList<IChecker>> Judges)
{
    /// <summary>The words it takes after <c>--consistency</c>, weak ones first; none where it has but one
    /// question.</summary>
    public IReadOnlyList<string> Consistencies { get; init; } = [];

    /// <summary>True when <c>--initial</c> may say what everything holds at first.</summary>
    public bool TakesInitial { get; init; }

    /// <summary>True when <c>--initial</c> may be one value for all keys as well as a map.</summary>
    public bool TakesOneInitial { get; init; }

    /// <summary>True when <c>--staleness</c> may limit how old the values read are.</summary>
    public bool TakesStaleness { get; init; }

    /// <summary>How much the order in which operations of different hosts stand matters to it.</summary>
    internal OrderUse Order { get; init; }

    /// <summary>The functions that it judges, where it passes over all others; null where it takes any, or
    /// refuses what it does not know.</summary>
    public IReadOnlyList<string>? Judged { get; init; }

    /// <summary>Turns a recording in the words of its own harness into ours; null where it is in ours
    /// already.</summary>
    internal Func<History, History>? InOurWords { get; init; }
}

/// <summary>What a model makes of the order of operations in time.</summary>
internal enum OrderUse
{
    /// <summary>It may conclude anything from it.</summary>
    Any,

    /// <summary>The more order there is, the fewer histories it allows: what is broken with less order is
    /// broken with more.</summary>
    Constrains,

    /// <summary>It looks at no order.</summary>
    None,
}

/// <summary>Words after <c>--model</c> that belong together.</summary>
/// <param name="Name">What they are: <c>Objects</c>.</param>
/// <param name="Models">The words.</param>
public sealed record HistoryModelGroup(string Name, IReadOnlyList<HistoryModel> Models);

/// <summary>What somebody wants to know of a history.</summary>
/// <param name="History">The history, in our words.</param>
/// <param name="Initial">What everything holds at first (a map, or one value for all keys), or nil for the
/// model's own.</param>
/// <param name="Consistency">The consistency model asked for; null is the model's strongest.</param>
/// <param name="Staleness">How stale reads may be, in place of a consistency model; null is not
/// asked.</param>
public sealed record ModelRequest(
    History History, Value Initial, string? Consistency, StalenessLimit? Staleness = null);
