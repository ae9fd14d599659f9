using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// Linearizability of one register with compare-and-set in which every write and every exchange brought a
/// value of its own, as etags, revisions and versions are. An exchange of o for v stands right between the
/// readers of o and those of v, so that values exchanged for one another make a chain that nothing
/// interrupts; chains are ordered by zones, as single values are (Gibbons &amp; Korach 1997, section 4).
/// O(n log n).
/// </summary>
/// <remarks>
/// Pending writes and exchanges whose value nobody saw are dropped. A failed compare-and-set found some other
/// value than the one it expected: it is put into the order of the chains where it fits
/// (<see cref="FailedExchanges"/>). Where that order has no place for one, another order may: then there is
/// no answer here.
/// </remarks>
internal sealed partial class ExchangeChains
{
    const int InitialSpan = 0;
    const int MostRounds = 8;

    readonly Model _model;
    readonly History _history;
    readonly Value _initial;
    readonly List<ValueSpan> _spans = [new() { IsRequired = true }];
    readonly Dictionary<Value, int> _spanOf;
    readonly List<(int Operation, Value Expected)> _exchanges = [];
    readonly List<(int Operation, int Span)> _reads = [];
    readonly List<(int Operation, int Span)> _failed = [];
    readonly List<int> _roots = [];
    Anomaly? _contradiction;

    ExchangeChains(Model model, History history, List<int> part)
    {
        (_model, _history) = (model, history);
        _initial = model.InitialValue(history[part[0]].Key);
        _spanOf = new(part.Count / 2) { [_initial] = InitialSpan };
    }

    /// <summary>Judges a register's operations; null where a value was brought twice, or something is neither
    /// a read, a write nor an exchange whose expected value is known, or no order was found in which every
    /// failed exchange has a place.</summary>
    public static (Anomaly? Anomaly, int[]? Order)? Judge(Model model, History history, List<int> part)
    {
        var chains = new ExchangeChains(model, history, part);
        if (!chains.TakeChanges(part))
            return null;
        chains.TakeReads(part);
        chains.Require();
        chains.Link();
        var zones = chains._contradiction is null ? chains.Zones() : [];
        var order = new ZoneOrder(zones);
        if (chains._contradiction is null && order.Clash() is { } clash)
            chains._contradiction = chains.Clash(zones, clash);
        chains._contradiction ??= chains.RefusedInVain();
        if (chains._contradiction is { } contradiction)
            return (contradiction, null);
        return chains.Order(order) is { } whole ? (null, whole) : null;
    }

    // Where one of those that failed has no place in an order of the chains, another chain may stand there.
    int[]? Order(ZoneOrder zones)
    {
        var chains = zones.Zones();
        for (var round = 0; round < MostRounds; round++)
        {
            var stuck = new List<(int Operation, int Span)>();
            var order = Placed(chains, out var spanAt);
            if (FailedExchanges.Place(_history, order, spanAt, _failed, stuck) is { } whole)
                return whole;
            foreach (var (operation, span) in stuck)
                if (!TryMakePlace(zones, chains, _history[operation].CompletedAt, span))
                    return null;
        }

        return null;
    }

    bool TryMakePlace(ZoneOrder zones, int[] chains, int until, int span)
    {
        if (_spans[span].Next >= 0)
            return false;
        var root = span;
        while (_spans[root].Before >= 0)
            root = _spans[root].Before;
        return zones.TryLetFollow(
            chains, Array.IndexOf(chains, _roots.IndexOf(root)),
            chain => _spans[_roots[chain]].Installer is >= 0 and var first
                && _history[first].InvokedAt < until);
    }

    bool TakeChanges(List<int> part)
    {
        foreach (var index in part)
        {
            var operation = _history[index];
            var access = _model.AccessOf(operation);
            if (access is { IsWrite: false } || operation.Outcome == Outcome.Fail)
                continue;
            var exchange = access is null ? _model.ExchangeOf(operation) : null;
            var brought = access?.Value ?? exchange?.Value;
            if (brought is not { } value || !_spanOf.TryAdd(value, _spans.Count))
                return false;
            if (exchange is { } known)
                _exchanges.Add((index, known.Expected));
            _spans.Add(new() { Installer = index, IsRequired = operation.Outcome == Outcome.Ok });
        }

        return true;
    }

    void TakeReads(List<int> part)
    {
        foreach (var index in part)
        {
            var operation = _history[index];
            if (operation.Outcome == Outcome.Fail)
            {
                var expected = _model.ExchangeOf(operation)!.Value.Expected;
                _failed.Add((index, _spanOf.GetValueOrDefault(expected, ValueSpan.None)));
            }
            else if (_model.AccessOf(operation) is { IsWrite: false } read)
            {
                TakeRead(operation, read.Value);
            }
        }
    }

    void TakeRead(Operation read, Value value)
    {
        if (!_spanOf.TryGetValue(value, out var at))
        {
            _contradiction ??= Broken($"{Reader(read.Index)}, which nobody wrote", read.Index);
            return;
        }

        var span = _spans[at];
        span.IsRequired = true;
        span.Reads++;
        if (span.FirstReader < 0 || read.CompletedAt < _history[span.FirstReader].CompletedAt)
            span.FirstReader = read.Index;
        if (span.LastReader < 0 || read.InvokedAt > _history[span.LastReader].InvokedAt)
            span.LastReader = read.Index;
        _spans[at] = span;
        _reads.Add((read.Index, at));
    }

    // What an exchange that happened expected was there, whoever brought it.
    void Require()
    {
        foreach (var (operation, expected) in _exchanges)
        {
            var at = SpanBroughtBy(operation);
            var span = _spans[at];
            span.Before = _spanOf.GetValueOrDefault(expected, ValueSpan.None);
            _spans[at] = span;
        }

        foreach (var (operation, _) in _exchanges)
            for (var at = SpanBroughtBy(operation); _spans[at] is { IsRequired: true, Before: >= 0 } span;)
            {
                var before = _spans[at = span.Before];
                if (before.IsRequired)
                    break;
                before.IsRequired = true;
                _spans[at] = before;
            }
    }

    int SpanBroughtBy(int exchange) => _spanOf[_model.ExchangeOf(_history[exchange])!.Value.Value];

    void Link()
    {
        foreach (var (operation, expected) in _exchanges)
        {
            var at = SpanBroughtBy(operation);
            if (!_spans[at].IsRequired || _contradiction is not null)
                continue;
            if (_spans[at].Before is not (>= 0 and var before))
                _contradiction = Broken(
                    $"process {_history[operation].ProcessName} exchanged {expected}, which nobody wrote, for"
                    + $" {Brought(at)}", Seen(at));
            else if (_spans[before].Next is >= 0 and var other)
                _contradiction = Broken(
                    $"{expected} was exchanged twice, for {Brought(other)} and for {Brought(at)}",
                    [_spans[before].Installer, .. Seen(other), .. Seen(at)]);
            else
                _spans[before] = _spans[before] with { Next = at };
        }

        for (var at = 0; at < _spans.Count; at++)
            if (_spans[at] is { IsRequired: true, Before: < 0 })
                _roots.Add(at);
    }

    // The order within each chain, and the stretch of time that it needs as a whole.
    List<Zone> Zones()
    {
        var zones = new List<Zone>(_roots.Count);
        var linked = 0;
        foreach (var root in _roots)
        {
            var zone = new Zone
            {
                Write = _spans[root].Installer,
                First = _spans[root].Installer,
                Last = _spans[root].Installer,
                FirstReturn = root == InitialSpan ? -1 : int.MaxValue,
                LastStart = -1,
            };
            for (var at = root; at >= 0; at = _spans[at].Next)
            {
                linked++;
                Take(ref zone, _spans[at].Installer, _spans[at].Installer);
                Take(ref zone, _spans[at].FirstReader, _spans[at].LastReader);
            }

            zones.Add(zone);
        }

        if (_contradiction is null && linked < _spans.Count(span => span.IsRequired))
            _contradiction = Circle();
        return zones;
    }

    // Operations that follow all of the chain so far: none of them may have returned before one of those
    // began.
    void Take(ref Zone zone, int first, int last)
    {
        if (first < 0)
            return;
        var returned = Returned(_history[first]);
        if (returned < zone.LastStart)
            _contradiction ??= OutOfOrder(zone.Last, first);
        zone.Add(first, _history[first].InvokedAt, returned);
        zone.Add(last, _history[last].InvokedAt, int.MaxValue);
    }

    static int Returned(Operation operation) =>
        operation.Outcome == Outcome.Ok ? operation.CompletedAt : int.MaxValue;

    // All but the failed ones, in the order of their chains, and the span that each belongs to.
    int[] Placed(int[] chains, out int[] spanAt)
    {
        var starts = new int[_spans.Count];
        var count = 0;
        foreach (var chain in chains)
            for (var at = _roots[chain]; at >= 0; at = _spans[at].Next)
            {
                starts[at] = count;
                count += _spans[at].Reads + (_spans[at].Installer < 0 ? 0 : 1);
            }

        var order = new int[count];
        spanAt = new int[count];
        foreach (var chain in chains)
            for (var at = _roots[chain]; at >= 0; at = _spans[at].Next)
                if (_spans[at].Installer >= 0)
                    Put(order, spanAt, starts, _spans[at].Installer, at);
        foreach (var (operation, span) in _reads)
            Put(order, spanAt, starts, operation, span);
        return order;
    }

    static void Put(int[] order, int[] spanAt, int[] starts, int operation, int span)
    {
        spanAt[starts[span]] = span;
        order[starts[span]++] = operation;
    }
}
