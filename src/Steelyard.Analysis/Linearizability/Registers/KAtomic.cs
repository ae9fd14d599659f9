using System.Globalization;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// k-atomicity (Aiyer, Alvisi &amp; Bazzi 2005; Golab et al. 2011 and 2015): the operations of every register
/// have an order that fits real time in which each read returns one of the last k writes before it. 1-atomic
/// is linearizable; 2-atomic is what quorums that only rarely miss a write come to.
/// </summary>
/// <remarks>
/// Judged per key, for registers and maps of plain values that were each written once: k = 1 by zones
/// (Gibbons &amp; Korach 1997), k = 2 by LBT; both in O(n log n) where few writes are concurrent.
/// </remarks>
public sealed class KAtomic : IChecker
{
    readonly Model _model;
    readonly int _k;

    /// <summary>The judge of one k.</summary>
    /// <param name="model">A register or kv.</param>
    /// <param name="k">1 or 2.</param>
    public KAtomic(Model model, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, 2);
        (_model, _k) = (model, k);
    }

    /// <inheritdoc/>
    public string Name => $"{_k}-atomic";

    /// <inheritdoc/>
    public string Sentence => _k == 1 ? "Every read returns the last write"
        : $"Every read returns one of the last {_k} writes";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        _model.Shapes.MustFit(history);
        var model = _model.For(history);
        var (reads, unclear) = (0, (string?)null);
        foreach (var part in Parts(model, history))
        {
            var register = RegisterPart.Of(model, history, part);
            unclear ??= register.Undecidable;
            reads += register.Reads;
            var anomaly = register.Contradiction
                ?? (register.Undecidable is null ? AnomalyIn(model, history, part, register) : null);
            if (anomaly is not null)
                return Broken(anomaly with { Type = $"not-{Name}" });
        }

        if (unclear is not null || reads == 0)
            return Verdict.Undecided(Name, unclear ?? "there was no completed read");
        var what = _k == 1 ? "the last write" : $"one of the last {_k} writes";
        return ObjectConsistency.WithHeld(
            Verdict.Holds(Name, $"{Count(reads)} reads returned {what}"), Word);
    }

    Anomaly? AnomalyIn(Model model, History history, List<int> part, RegisterPart register)
    {
        if (_k == 1)
            return DistinctWrites.Judge(model, history, part)?.Contradiction;
        var whole = new TwoAtomicity(register.Operations);
        if (whole.Holds())
            return null;
        var left = register.Operations.Where(o => whole.IsLeft(o.Version)).ToList();
        var core = RegisterCore.Of(left);
        var read = history[core.Last(o => !o.IsWrite).Operation];
        return new(
            "", $"process {read.ProcessName} read {read.Output} from {SessionFinding.Named(read.Key)}, and"
            + " in no"
                + " order do it and the others return one of the last two writes",
            SessionFinding.Witness(core.Select(o => o.Operation)));
    }

    Verdict Broken(Anomaly anomaly) =>
        ObjectConsistency.WithBroken(Verdict.Broken(Name, anomaly), Word);

    string Word => _k == 1 ? "linearizable" : Name;

    static List<int>[] Parts(Model model, History history)
    {
        var parts = history.Keys.Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < history.Count; i++)
            if (Problem.Counts(model, history[i]))
                parts[history.KeyNumber(i)].Add(i);
        return [.. parts.Where(part => part.Count > 0)];
    }

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
