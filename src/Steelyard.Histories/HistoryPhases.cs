namespace Steelyard.Histories;

/// <summary>One of the moments that part a run into its phases, in their order.</summary>
public enum HistoryPhase : byte
{
    /// <summary>Operations stop to be due: the load is over.</summary>
    LoadEnd,

    /// <summary>Everything that was broken is healed.</summary>
    Heal,

    /// <summary>Every operation of the load has ended or was given up: only the system itself goes
    /// on.</summary>
    Settled,

    /// <summary>The quiet time is over: from here on all is final reads, which judge the system and are no
    /// load.</summary>
    FinalReads,
}

/// <summary>Where in a history a phase begins.</summary>
/// <param name="Position">Its position among all events.</param>
/// <param name="TimeNs">When, in ns of the run.</param>
public readonly record struct PhaseMark(int Position, long TimeNs);

/// <summary>
/// Where the phases of a run begin. The history keeps them itself: no fault or operation of a recorded file
/// can be taken for one. A recorded history of somebody else's has none of them; one that was stopped early
/// has those it came to.
/// </summary>
public sealed record HistoryPhases
{
    /// <summary>No phase is marked.</summary>
    public static HistoryPhases None { get; } = new();

    /// <summary>Operations stop to be due; null where none is marked.</summary>
    public PhaseMark? LoadEnd { get; init; }

    /// <summary>Everything is healed; null where none is marked.</summary>
    public PhaseMark? Heal { get; init; }

    /// <summary>The last operation of the load has ended or was given up; null where none is
    /// marked.</summary>
    public PhaseMark? Settled { get; init; }

    /// <summary>Final reads begin; null where none is marked.</summary>
    public PhaseMark? FinalReads { get; init; }

    /// <summary>The mark of a phase; null where there is none.</summary>
    public PhaseMark? this[HistoryPhase phase] => phase switch
    {
        HistoryPhase.LoadEnd => LoadEnd,
        HistoryPhase.Heal => Heal,
        HistoryPhase.Settled => Settled,
        HistoryPhase.FinalReads => FinalReads,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "unknown phase"),
    };

    /// <summary>The phases that are marked, in order.</summary>
    public IEnumerable<(HistoryPhase Phase, PhaseMark Mark)> Marked
    {
        get
        {
            for (var phase = HistoryPhase.LoadEnd; phase <= HistoryPhase.FinalReads; phase++)
                if (this[phase] is { } mark)
                    yield return (phase, mark);
        }
    }

    internal HistoryPhases With(HistoryPhase phase, PhaseMark mark) => phase switch
    {
        HistoryPhase.LoadEnd => this with { LoadEnd = mark },
        HistoryPhase.Heal => this with { Heal = mark },
        HistoryPhase.Settled => this with { Settled = mark },
        HistoryPhase.FinalReads => this with { FinalReads = mark },
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "unknown phase"),
    };
}
