using Steelyard.Analysis.Linearizability.Collections;
using Steelyard.Analysis.Models.Versioned;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// Linearizability of a register whose answers tell versions, in O(n log n): the versions are the order. It
/// is linearizable if no operation that had ended stands after one that began later; if each version has one
/// value and one change that made it; and if each cas found what it expected in the version before.
/// </summary>
/// <remarks>
/// A version whose change nobody acknowledged is given a write of unknown outcome of its value, which can
/// have made it unless that version, or a later one, was known before it began. The later the version, the
/// more of these there are: giving them out by version finds a way where there is one. So it is with a write
/// that must have come before a cas and that nobody read. What depends on a cas of unknown outcome, or on
/// which writes fill the gaps of dense versions, is left to the search.
/// </remarks>
internal sealed class VersionOrder
{
    readonly VersionedState _initial;
    readonly bool _isDense;
    readonly VersionScale _scale;
    readonly VersionedHistory _operations;
    readonly VersionValues _values;
    readonly Dictionary<Value, Stack<VersionedOperation>> _spare = [];
    readonly List<(Int128 Place, int End, int Operation)> _order = [];

    VersionOrder(VersionedRegisterModel model, VersionedHistory operations, Value key)
    {
        (_operations, _isDense) = (operations, model.IsDense);
        _initial = model.Initial(key);
        _values = new(_initial, model.Scale);
        _scale = model.Scale;
    }

    /// <summary>What contradicts itself in one register, or an order that explains it; null when versions
    /// alone do not decide.</summary>
    public static Proof? Judge(VersionedRegisterModel model, History history, List<int> part)
    {
        if (part.Count == 0 || VersionedHistory.Of(model, history, part) is not { } operations)
            return null;
        var order = new VersionOrder(model, operations, history[part[0]].Key);
        return order.Contradiction() is { } anomaly ? new(anomaly, null) : order.Explained();
    }

    Anomaly? Contradiction()
    {
        foreach (var told in _operations.Told)
            if (_values.Add(told) is { } conflict)
                return conflict;
        return VersionsInTime.Contradiction(_operations.Told, _scale);
    }

    Proof? Explained()
    {
        var (versions, needs) = (_values.Sorted(), new List<VersionNeed>());
        for (var i = 1; i < versions.Count; i++)
            if (NeedOf(versions[i], versions[i - 1], needs) is { } anomaly)
                return new(anomaly, null);
        if (_isDense && Gaps(versions) is (var missing, var gap) && missing > 0)
            return gap is null ? null : new(gap, null);
        if (Unmet(needs) is { } unmet)
            return _operations.AnyCrashedCas ? null : new(unmet.Anomaly, null);
        // Reads of one version stand as they ended.
        foreach (var told in _operations.Told)
            _order.Add((told.Place, told.Operation.CompletedAt, told.Operation.Index));
        _order.Sort();
        return new(null, [.. _order.Select(one => one.Operation)]);
    }

    // What a version asks of writes that nobody acknowledged.
    static Anomaly? NeedOf(KnownVersion version, KnownVersion before, List<VersionNeed> needs)
    {
        if (version.Change is not { } change)
        {
            needs.Add(new(version.Number, version.Value, IsHidden: false, version.Unwritten()));
            return null;
        }

        if (change.Function != Functions.Cas)
            return null;
        var expected = VersionedPayload.Written(change.Input).AsList[0];
        if (expected == before.Value)
            return null;
        var anomaly = version.Mismatch(expected, before);
        // Nothing lies between two numbers that follow each other.
        if (version.Number - 1 == before.Number)
            return anomaly;
        needs.Add(new(version.Number, expected, IsHidden: true, anomaly));
        return null;
    }

    VersionNeed? Unmet(List<VersionNeed> needs)
    {
        var known = VersionsInTime.KnownBefore(_operations.Crashed, _operations.Told);
        var byPlace = _operations.Crashed.Select((write, i) => (write, Known: known[i]))
            .Where(one => one.write.Operation.Function != Functions.Cas).OrderBy(one => one.Known).ToList();
        var next = 0;
        foreach (var need in needs)
        {
            var place = VersionedOperation.PlaceOf(need.Version);
            for (; next < byPlace.Count && byPlace[next].Known < place; next++)
                Spare(byPlace[next].write);
            if (!_spare.TryGetValue(need.Value, out var spare) || !spare.TryPop(out var write))
                return need;
            _order.Add((need.IsHidden ? place - 1 : place, 0, write.Operation.Index));
        }

        return null;
    }

    void Spare(VersionedOperation write)
    {
        if (!_spare.TryGetValue(write.Value, out var spare))
            _spare.Add(write.Value, spare = []);
        spare.Push(write);
    }

    // How many versions are missing, and the first gap for which there are too few changes of unknown outcome
    // that can have made what is missing up to it.
    (Int128 Missing, Anomaly? Unfilled) Gaps(List<KnownVersion> versions)
    {
        var known = VersionsInTime.KnownBefore(_operations.Crashed, _operations.Told);
        Array.Sort(known);
        var (missing, usable) = ((Int128)0, 0);
        for (var i = 1; i < versions.Count; i++)
        {
            var last = versions[i].Number - 1;
            missing += (Int128)last - versions[i - 1].Number;
            while (usable < known.Length && known[usable] < VersionedOperation.PlaceOf(last))
                usable++;
            if (last != versions[i - 1].Number && missing > usable)
                return (missing, versions[i].Gap(versions[i - 1]));
        }

        return (missing, null);
    }
}

/// <summary>A write of a value that must have come before, or made, a version.</summary>
internal readonly record struct VersionNeed(long Version, Value Value, bool IsHidden, Anomaly Anomaly);
