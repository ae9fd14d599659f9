using System.Runtime.InteropServices;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// Linearizability of one register in which every write wrote a value of its own: no search, O(n log n)
/// (Gibbons &amp; Korach 1997, section 4). It holds when every read returns a value written before it ended,
/// no two forward zones overlap, and no backward zone lies within a forward one.
/// </summary>
/// <remarks>
/// A pending write that nobody read is dropped. One that was read has no return of its own, so the first of
/// its readers bounds it. A write that failed did not happen: nobody may read it.
/// </remarks>
internal sealed class DistinctWrites
{
    const int InitialZone = 0;

    readonly History _history;
    readonly List<Zone> _zones = [];
    readonly Dictionary<Value, int> _zoneOf;
    readonly List<int> _reads = [];
    readonly List<int> _zoneOfRead = [];
    readonly Value _initial;
    ZoneOrder? _order;

    DistinctWrites(History history, Value initial, int operations)
    {
        _history = history;
        _initial = initial;
        _zoneOf = new(operations / 2);
        _zones.Add(new() { Write = -1, First = -1, Last = -1, FirstReturn = -1, LastStart = -1 });
    }

    /// <summary>What contradicts itself; null when the history is linearizable.</summary>
    public Anomaly? Contradiction { get; private set; }

    /// <summary>Judges a register's operations; null when they are not only reads and writes, or two writes
    /// wrote the same value, or one wrote the initial value.</summary>
    public static DistinctWrites? Judge(Model model, History history, List<int> part)
    {
        var judge = new DistinctWrites(history, model.InitialValue(history[part[0]].Key), part.Count);
        if (!judge.TakeWrites(model, part))
            return null;
        judge.Contradiction = judge.TakeReads(model, part) ?? judge.ReadBeforeWrite() ?? judge.Clash();
        return judge;
    }

    bool TakeWrites(Model model, List<int> part)
    {
        foreach (var index in part)
        {
            var operation = _history[index];
            if (model.AccessOf(operation) is not { } access)
                return false;
            if (!access.IsWrite)
                continue;
            if (access.Value == _initial || !_zoneOf.TryAdd(access.Value, _zones.Count))
                return false;
            var returned = operation.Outcome == Outcome.Ok ? operation.CompletedAt : int.MaxValue;
            _zones.Add(new()
            {
                Write = index,
                First = index,
                Last = index,
                FirstReturn = returned,
                LastStart = operation.InvokedAt,
            });
        }

        return true;
    }

    Anomaly? TakeReads(Model model, List<int> part)
    {
        var zones = CollectionsMarshal.AsSpan(_zones);
        foreach (var index in part)
        {
            var operation = _history[index];
            var access = model.AccessOf(operation)!.Value;
            if (access.IsWrite)
                continue;
            var zone = InitialZone;
            if (access.Value != _initial && !_zoneOf.TryGetValue(access.Value, out zone))
                return NeverWritten(model, operation, access.Value);
            zones[zone].Add(index, operation.InvokedAt, operation.CompletedAt);
            zones[zone].Reads++;
            _reads.Add(index);
            _zoneOfRead.Add(zone);
        }

        return null;
    }

    Anomaly NeverWritten(Model model, Operation read, Value value)
    {
        foreach (var write in _history.Operations)
            if (write.Outcome == Outcome.Fail && write.Key == read.Key
                && model.AccessOf(write) is { IsWrite: true } access && access.Value == value)
                return Broken($"{Reader(read)}, whose write had failed", write.Index, read.Index);
        return Broken($"{Reader(read)}, which nobody wrote", read.Index);
    }

    Anomaly? ReadBeforeWrite()
    {
        foreach (var zone in _zones)
        {
            if (zone.Write < 0 || zone.FirstReturn > _history[zone.Write].InvokedAt)
                continue;
            return Broken($"{Reader(_history[zone.First])} before its write began", zone.First, zone.Write);
        }

        return null;
    }

    Anomaly? Clash()
    {
        _order = new ZoneOrder(_zones);
        return _order.Clash() is { } clash ? Clash(_zones[clash.Outer], _zones[clash.Inner]) : null;
    }

    // The outer value stood before the inner one was over, and was read by an operation that began after
    // that.
    Anomaly Clash(Zone outer, Zone inner)
    {
        var taken = inner.Write < 0 ? _initial : KeyVersions.ValueWritten(_history[inner.Write]);
        return Broken(
            $"{Reader(_history[outer.Last])} after {taken} had taken its place",
            outer.Write, outer.First, outer.Last, inner.Write, inner.First, inner.Last);
    }

    static string Reader(Operation read) =>
        $"process {read.ProcessName} read {read.Output} from {SessionFinding.Named(read.Key)}";

    static Anomaly Broken(string sentence, params int[] witness) =>
        new("not-linearizable", sentence, SessionFinding.Witness(witness));

    /// <summary>An order that explains the history; to be asked for only where nothing contradicts
    /// itself.</summary>
    public int[] Linearization()
    {
        var order = _order!.Zones();
        var starts = new int[_zones.Count];
        var at = 0;
        foreach (var zone in order)
        {
            starts[zone] = at;
            at += _zones[zone].Reads + (_zones[zone].Write < 0 ? 0 : 1);
        }

        var linearization = new int[at];
        foreach (var zone in order)
            if (_zones[zone].Write >= 0)
                linearization[starts[zone]++] = _zones[zone].Write;
        for (var i = 0; i < _reads.Count; i++)
            linearization[starts[_zoneOfRead[i]]++] = _reads[i];
        return linearization;
    }
}
