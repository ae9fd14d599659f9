using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Texts;

/// <summary>
/// Puts, each with the appends that are known to have followed it with nothing in between. Such chains are
/// ordered by zones, as values of a register are (Gibbons &amp; Korach 1997, section 4). Appends that nobody
/// saw may stand between any two chains.
/// </summary>
internal sealed partial class TextChains(KvModel model, History history)
{
    readonly List<List<TextLink>> _chains = [];
    readonly Dictionary<TextPiece, int> _chainOf = [];

    // Where each piece stands, at most as often as operations bring it.
    readonly Dictionary<TextPiece, List<(int Chain, int Link)>> _places = [];
    readonly Dictionary<int, (int Chain, int Link)> _placeOf = [];
    readonly List<(int Operation, int Chain, int Link)> _reads = [];
    Anomaly? _contradiction;
    ZoneOrder? _order;

    /// <summary>Takes texts that were read.</summary>
    public void Take(IEnumerable<TextRead> reads)
    {
        foreach (var read in reads)
        {
            if (_contradiction is not null || Follow(read) is not { } chain)
                return;
            foreach (var reader in read.Readers)
            {
                _chains[chain][read.Made.Length - 1].Add(reader);
                _reads.Add((reader, chain, read.Made.Length - 1));
            }
        }
    }

    // Each piece of a text must stand where the other texts say that it stands.
    int? Follow(TextRead read)
    {
        var chain = ChainOf(read.Made[0]);
        var links = _chains[chain];
        for (var at = 1; at < read.Made.Length; at++)
        {
            var piece = read.Made[at];
            if (at < links.Count && links[at].Piece == piece)
                continue;
            if (at < links.Count || !TryPlace(piece, chain, at))
            {
                _contradiction = Elsewhere(read, at, chain);
                return null;
            }

            links.Add(new(piece));
        }

        return chain;
    }

    int ChainOf(TextPiece start)
    {
        if (_chainOf.TryGetValue(start, out var chain))
            return chain;
        TryPlace(start, _chains.Count, 0);
        _chains.Add([new(start)]);
        return _chainOf[start] = _chains.Count - 1;
    }

    bool TryPlace(TextPiece piece, int chain, int link)
    {
        if (!_places.TryGetValue(piece, out var places))
            _places[piece] = places = [];
        if (places.Count == piece.Operations.Count)
            return false;
        places.Add((chain, link));
        if (piece.IsKnown)
            _placeOf[piece.Operations[0]] = (chain, link);
        return true;
    }

    /// <summary>Takes what happened and nobody saw: each is a chain of its own.</summary>
    /// <param name="changes">All that was put and appended.</param>
    /// <param name="onlyKnown">Whether what several operations brought is left out.</param>
    public void TakeUnseen(List<(int Operation, TextPiece Piece)> changes, bool onlyKnown)
    {
        foreach (var (operation, piece) in changes)
            if (history[operation].Outcome == Outcome.Ok && !_placeOf.ContainsKey(operation)
                && (piece.IsKnown || !onlyKnown || !_places.ContainsKey(piece)))
                _chains.Add([new(piece) { Operation = operation }]);
    }

    /// <summary>What contradicts itself, or null.</summary>
    public Anomaly? Contradiction()
    {
        if (_contradiction is not null)
            return _contradiction;
        var zones = Zones();
        _order = new ZoneOrder(zones);
        if (_contradiction is null && _order.Clash() is { } clash)
            _contradiction = Clash(zones, clash);
        return _contradiction;
    }

    List<Zone> Zones()
    {
        var zones = new List<Zone>(_chains.Count);
        foreach (var links in _chains)
        {
            var start = links[0].Operation;
            var zone = new Zone
            {
                Write = start,
                First = start,
                Last = start,
                FirstReturn = start == TextPiece.Initial ? -1 : int.MaxValue,
                LastStart = -1,
            };
            foreach (var link in links)
            {
                Take(ref zone, link.Operation, link.Operation);
                Take(ref zone, link.FirstReader, link.LastReader);
            }

            zones.Add(zone);
        }

        return zones;
    }

    // Operations that follow all of the chain so far: none of them may have returned before one of those
    // began.
    void Take(ref Zone zone, int first, int last)
    {
        if (first < 0)
            return;
        var returned = Returned(first);
        if (returned < zone.LastStart)
            _contradiction ??= OutOfOrder(zone.Last, first);
        zone.Add(first, history[first].InvokedAt, returned);
        zone.Add(last, history[last].InvokedAt, int.MaxValue);
    }

    int Returned(int operation) =>
        history[operation].Outcome == Outcome.Ok ? history[operation].CompletedAt : int.MaxValue;

    /// <summary>An order of all that was taken; to be asked for only where nothing contradicts
    /// itself.</summary>
    public int[] Order()
    {
        var count = 0;
        var starts = new int[_chains.Count][];
        var chains = _order!.Zones();
        foreach (var chain in chains)
        {
            starts[chain] = new int[_chains[chain].Count];
            for (var at = 0; at < starts[chain].Length; at++)
            {
                starts[chain][at] = count;
                count += _chains[chain][at].Reads + (_chains[chain][at].Operation < 0 ? 0 : 1);
            }
        }

        var order = new int[count];
        foreach (var chain in chains)
            for (var at = 0; at < starts[chain].Length; at++)
                if (_chains[chain][at].Operation is >= 0 and var change)
                    order[starts[chain][at]++] = change;
        foreach (var (read, chain, link) in _reads)
            order[starts[chain][link]++] = read;
        return order;
    }
}
