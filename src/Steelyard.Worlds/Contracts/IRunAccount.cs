using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Contracts;

/// <summary>
/// What the nodes of a run count together, where a million requests need not stand in a history one by one:
/// an instrument beside the design, which no node reads. It outlives crashes.
/// </summary>
public interface IRunAccount
{
    /// <summary>Where the requests were counted as they were due and answered.</summary>
    IOperationRecorder Requests { get; }

    /// <summary>How many there were, and what became of them.</summary>
    LoadCounts Counts { get; }

    /// <summary>The run begins.</summary>
    /// <param name="nowNs">The perfect clock of the run, in ns.</param>
    void Open(Func<long> nowNs);

    /// <summary>The load is over, and nothing is due any more: what happened to what was due is to be
    /// counted.</summary>
    /// <param name="endNs">The end of the run, in ns of the run.</param>
    void Close(long endNs);

    /// <summary>Whether a longer run would settle to something: nothing changes or breaks on purpose, and no
    /// line grows without end.</summary>
    bool Settles { get; }

    /// <summary>What it found, besides what every run has.</summary>
    IReadOnlyList<Measurement> Measurements { get; }

    /// <summary>What is judged of it: what became of effects and of sessions.</summary>
    IReadOnlyList<Verdict> Verdicts { get; }
}
