using Steelyard.Analysis.Sessions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <content>What contradicts itself, and how it is told.</content>
internal sealed partial class ExchangeChains
{
    // Each was exchanged for the next, and the last for the first.
    Anomaly Circle()
    {
        var reached = new bool[_spans.Count];
        foreach (var root in _roots)
            for (var at = root; at >= 0; at = _spans[at].Next)
                reached[at] = true;
        var start = Enumerable.Range(0, _spans.Count).First(at => _spans[at].IsRequired && !reached[at]);
        List<int> witness = [.. Seen(start)];
        for (var at = _spans[start].Before; at != start; at = _spans[at].Before)
            witness.AddRange(Seen(at));
        return Broken($"{Brought(start)} came of itself: each was exchanged for the next", [.. witness]);
    }

    Anomaly OutOfOrder(int earlier, int later) => Broken(
        $"{Described(later)} before {Described(earlier)} began, which must come first",
        [earlier, later, .. Between(SpanWith(earlier), SpanWith(later))]);

    // The outer chain stood before the inner one was over, and was used by an operation that began after
    // that.
    Anomaly Clash(List<Zone> zones, (int Outer, int Inner) clash)
    {
        var (outer, inner) = (zones[clash.Outer], zones[clash.Inner]);
        return Broken(
            $"{Described(outer.Last)} after {Brought(_roots[clash.Inner])} had taken its place",
            [.. Standing(outer, inner.LastStart), .. Standing(inner, outer.LastStart)]);
    }

    // The last operation of a chain to begin, why it must have happened, and how one that had returned by a
    // position says that the chain was there: the latest such one before it, else the first one after it.
    IEnumerable<int> Standing(Zone zone, int position)
    {
        var last = SpanWith(zone.Last);
        List<int> why = [zone.Last, .. zone.Last == _spans[last].Installer ? Seen(last) : []];
        return [.. why, .. Way(last, position, at => _spans[at].Before)
            ?? Way(_spans[last].Next, position, at => _spans[at].Next) ?? []];
    }

    // What brought the values from a span on, up to one that somebody had left behind by a position.
    List<int>? Way(int from, int position, Func<int, int> next)
    {
        var links = new List<int>();
        for (var at = from; at >= 0; at = next(at))
        {
            var (installer, reader) = (_spans[at].Installer, _spans[at].FirstReader);
            links.Add(installer);
            if (installer < 0 || Returned(_history[installer]) < position)
                return links;
            if (reader < 0 || Returned(_history[reader]) >= position)
                continue;
            links.Add(reader);
            return links;
        }

        return null;
    }

    // The value that it expected had come before it began, and stood until it was over.
    Anomaly? RefusedInVain()
    {
        foreach (var (operation, at) in _failed)
        {
            if (at < 0 || !_spans[at].IsRequired)
                continue;
            var (start, end) = (_history[operation].InvokedAt, _history[operation].CompletedAt);
            var first = EarlierReturn(_spans[at].Installer, _spans[at].FirstReader);
            var next = _spans[at].Next < 0 ? ValueSpan.None : _spans[_spans[at].Next].Installer;
            var last = LaterStart(_spans[at].LastReader, next);
            var cameBefore = at == InitialSpan || (first >= 0 && Returned(_history[first]) < start);
            if (cameBefore && last >= 0 && _history[last].InvokedAt > end)
                return Broken(
                    $"process {_history[operation].ProcessName} was told that {Brought(at)} was not there,"
                    + " and"
                    + $" yet {Described(last)} after that",
                    [_spans[at].Installer, first, operation, last]);
        }

        return null;
    }

    int EarlierReturn(int one, int other) =>
        one < 0 || (other >= 0 && Returned(_history[other]) < Returned(_history[one])) ? other : one;

    int LaterStart(int one, int other) =>
        one < 0 || (other >= 0 && _history[other].InvokedAt > _history[one].InvokedAt) ? other : one;

    // What brought the values of a stretch of a chain, whichever end comes first.
    IEnumerable<int> Between(int one, int other)
    {
        var links = new List<int>();
        for (var at = one; at >= 0; at = _spans[at].Next)
        {
            links.Add(_spans[at].Installer);
            if (at == other)
                return links;
        }

        return one == other || other < 0 ? links : Between(other, one);
    }

    int SpanWith(int operation) =>
        operation < 0 ? InitialSpan
        : _model.AccessOf(_history[operation]) is { } access ? _spanOf[access.Value]
        : SpanBroughtBy(operation);

    // Why a span must be there: its installer, and where that never returned, a reader or whoever exchanged
    // it.
    IEnumerable<int> Seen(int at)
    {
        List<int> why = [];
        for (var count = 0; at >= 0 && count < _spans.Count; count++)
        {
            var (installer, reader) = (_spans[at].Installer, _spans[at].FirstReader);
            why.AddRange([installer, reader]);
            if (installer < 0 || _history[installer].Outcome == Outcome.Ok || reader >= 0)
                break;
            at = _spans.FindIndex(span => span.IsRequired && span.Before == at);
        }

        return why;
    }

    Value Brought(int at) =>
        at == InitialSpan ? _initial : KeyVersions.ValueWritten(_history[_spans[at].Installer]);

    string Described(int operation) => _model.AccessOf(_history[operation]) switch
    {
        { IsWrite: false } => Reader(operation),
        { } write => $"process {_history[operation].ProcessName} wrote {write.Value}",
        _ => $"process {_history[operation].ProcessName} exchanged {Expected(operation)}"
            + $" for {Brought(SpanBroughtBy(operation))}",
    };

    Value Expected(int exchange) => _model.ExchangeOf(_history[exchange])!.Value.Expected;

    string Reader(int read)
    {
        var operation = _history[read];
        return $"process {operation.ProcessName} read {_model.AccessOf(operation)!.Value.Value} from"
            + $" {SessionFinding.Named(operation.Key)}";
    }

    static Anomaly Broken(string sentence, params IEnumerable<int> witness) =>
        new("not-linearizable", sentence, SessionFinding.Witness(witness));
}
