using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Sessions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Texts;

/// <content>What contradicts itself, and how it is told.</content>
internal sealed partial class TextChains
{
    // A piece stands as often as it was appended, and one place of a chain is one piece's.
    Anomaly Elsewhere(TextRead read, int at, int chain)
    {
        var (links, piece, reader) = (_chains[chain], read.Made[at], read.Readers[0]);
        List<int> witness = [.. read.Made[0].Operations, .. piece.Operations, reader];
        if (at < links.Count)
        {
            var other = ReaderFrom(chain, at);
            return Broken(
                $"{Read(reader)}: {Named(piece.Operations[0])} stands where {Read(other)} has"
                + $" {Named(links[at].Piece.Operations[0])}",
                [.. witness, .. links[at].Piece.Operations, other]);
        }

        var others = _places[piece].Select(place => ReaderFrom(place.Chain, place.Link))
            .Where(one => one >= 0 && one != reader).ToArray();
        var where = others.Length == 0 ? "" : $", and {Read(others[0])}";
        return Broken(
            $"{Read(reader)}{where}: what {Named(piece.Operations[0])} brought stands there more often than"
            + " it was appended", [.. witness, .. others]);
    }

    Anomaly OutOfOrder(int earlier, int later) => Broken(
        $"{Done(later)} before {Done(earlier)} began, which must come first",
        earlier, later, ReaderOf(later), ReaderOf(earlier));

    // The outer chain stood before the inner one was over, and was used by an operation that began after
    // that.
    Anomaly Clash(List<Zone> zones, (int Outer, int Inner) clash)
    {
        var (outer, inner) = (zones[clash.Outer], zones[clash.Inner]);
        var last = IsRead(outer.Last) ? outer.Last : LastReaderOf(clash.Outer);
        var first = _chains[clash.Inner][0].Piece;
        var missed = first.IsStart
            ? $"after {Named(inner.Write)} had taken its place"
            : $"without {Named(inner.Write)}, which had come between";
        return Broken(
            $"{Read(last)} {missed}",
            outer.Write, outer.First, outer.Last, last,
            inner.Write, inner.First, inner.Last, LastReaderOf(clash.Inner));
    }

    int LastReaderOf(int chain) => _chains[chain][^1].LastReader;

    // A reader of a chain who saw it up to a link.
    int ReaderFrom(int chain, int link)
    {
        for (; link < _chains[chain].Count; link++)
            if (_chains[chain][link].LastReader >= 0)
                return _chains[chain][link].LastReader;
        return -1;
    }

    int ReaderOf(int operation) =>
        IsRead(operation) ? operation
        : _placeOf.TryGetValue(operation, out var place) ? ReaderFrom(place.Chain, place.Link)
        : -1;

    bool IsRead(int operation) => operation >= 0 && model.OnlyObserves(history[operation]);

    string Done(int operation) => IsRead(operation) ? Read(operation) : $"{Named(operation)} was over";

    string Read(int read)
    {
        var operation = history[read];
        return $"process {operation.ProcessName} read {Quoted(model.TextObserved(operation))} from"
            + $" {SessionFinding.Named(operation.Key)}";
    }

    string Named(int change)
    {
        if (change < 0)
            return "what stood there at first";
        var operation = history[change];
        return $"process {operation.ProcessName}'s {operation.Function}"
            + $" of {Quoted(model.TextBrought(operation))}";
    }

    static string Quoted(string text) => $"\"{Witness.Shortened(text)}\"";

    static Anomaly Broken(string sentence, params IEnumerable<int> witness) =>
        new("not-linearizable", sentence, SessionFinding.Witness(witness.Where(one => one >= 0)));
}
