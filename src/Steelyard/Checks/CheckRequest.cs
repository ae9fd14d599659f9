using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Staleness;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Checks;

/// <summary>As what a recorded history is to be judged, and how it is read.</summary>
public sealed record CheckRequest
{
    /// <summary>The model, one of <see cref="HistoryModels.Names"/>; null takes the one that the file itself
    /// names, or else the promises of the run whose folder it stands in.</summary>
    public string? Model { get; init; }

    /// <summary>What everything holds at first (a map, or one value for all keys), or nil for the model's
    /// own.</summary>
    public Value Initial { get; init; }

    /// <summary>For transactions and the like, the consistency model; null is the model's
    /// strongest.</summary>
    public string? Consistency { get; init; }

    /// <summary>How stale reads may be, in place of a consistency model; null is not asked.</summary>
    public StalenessLimit? Staleness { get; init; }

    /// <summary>How soon after it is due a request must be answered to count as available on the page; above
    /// 0.</summary>
    public TimeSpan Slo { get; init; } = MeasureOptions.UsualLimit;

    /// <summary>What measurements must be besides.</summary>
    public IReadOnlyList<MeasuredLimit> Expect { get; init; } = [];

    /// <summary>How to read the file.</summary>
    public ReadOptions Reading { get; init; } = ReadOptions.Default;

    /// <summary>The file that says which spans of a trace are operations; null for other
    /// recordings.</summary>
    public string? Spans { get; init; }

    /// <summary>Whether each verdict's proof is wanted too; see <see cref="HistoryCheck.Proofs"/>.</summary>
    public bool Prove { get; init; }

    /// <summary>Whether a history that is not linearizable is told by few operations that contradict each
    /// other; else it is said of one operation, at once.</summary>
    public bool FindsWitness { get; init; } = true;

    /// <summary>Looks whether its words fit together, before any file is opened.</summary>
    /// <exception cref="UserMistakeException">They do not.</exception>
    public void MustFit()
    {
        if (Model is null && (Consistency is not null || Staleness is not null))
            throw new UserMistakeException(
                $"{(Staleness is null ? "--consistency" : "--staleness")}: expected with --model, found "
                    + "without");
        if (Prove && !FindsWitness)
            throw new UserMistakeException("--no-witness: expected without --prove, found with it");
        if (Consistency is not null && Staleness is not null)
            throw new UserMistakeException(
                $"--staleness: expected without --consistency, found with --consistency {Consistency}");
        if (!Initial.IsNil && Staleness is not null)
            throw new UserMistakeException(
                "--initial: expected without --staleness, found with it");
        if (Model is not null && !HistoryModels.Of(Model, Initial, Consistency).TakesStaleness
            && Staleness is not null)
            throw new UserMistakeException(
                $"--staleness: expected with the model register, cas-register or kv, found with {Model}");
    }
}
