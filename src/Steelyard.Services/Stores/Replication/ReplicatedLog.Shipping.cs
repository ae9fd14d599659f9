using Steelyard.Worlds;

namespace Steelyard.Services.Stores.Replication;

/// <content>Shipping entries to the replicas: one message to each at a time, with all that came up meanwhile
/// in the next (sections 3.5 and 10.2.2).</content>
internal sealed partial class ReplicatedLog
{
    bool _isShipmentDue;

    // Asynchronous replication ships later: nobody waits for it.
    void Ship()
    {
        if (_options.Replication == StoreReplication.Synchronous)
            ShipNow();
        else if (!_isShipmentDue)
        {
            _isShipmentDue = true;
            _world.SetTimer(_options.ShipDelay, () =>
            {
                _isShipmentDue = false;
                ShipNow();
            });
        }
    }

    void ShipNow()
    {
        foreach (var peer in _peers)
            if (IsLeader && !peer.IsAwaited)
                Ship(peer);
    }

    void Ship(Peer peer)
    {
        peer.IsAwaited = true;
        peer.Place++;
        if (peer.Next <= _entries.Base.Number)
        {
            _world.Send(peer.Id, new StateShipment(_term, _entries.Base, peer.Place, _round));
            return;
        }

        var previous = Math.Min(peer.Next - 1, _entries.Last);
        _world.Send(peer.Id, new Shipment(
            _term, previous, _entries.TermAt(previous), _entries.Slice(previous + 1, MostEntries), _commit,
            _seen, peer.Place, _round));
    }

    void OnShipment(NodeId from, Shipment shipment)
    {
        if (!Heed(from, shipment.Term, shipment.Place, shipment.Round))
            return;
        if (!_entries.Holds(shipment.Previous, shipment.PreviousTerm))
        {
            var tryAfter = shipment.Previous > _entries.Last
                ? _entries.Last
                : Math.Max(0, _entries.StartOfTermAt(shipment.Previous) - 1);
            _world.Send(from, new Receipt(_term, IsTaken: false, tryAfter, shipment.Place, shipment.Round));
            return;
        }

        TakeEntries(shipment);
        var match = shipment.Previous + shipment.Entries.Length;
        _commit = Math.Max(_commit, Math.Min(shipment.Commit, match));
        ShowUpTo(Math.Max(_commit, Math.Min(shipment.Seen, match)));
        Acknowledge(from, match, shipment.Place, shipment.Round);
        CompactIfLong();
    }

    void OnStateShipment(NodeId from, StateShipment shipment)
    {
        if (!Heed(from, shipment.Term, shipment.Place, shipment.Round))
            return;
        var state = shipment.State;
        if (state.Number > _commit)
        {
            Note("takes all data over");
            _entries.Compact(state);
            _saved = Math.Min(_saved, _entries.Last);
            _commit = state.Number;
            _seen = state.Number;
            _state.Restore(state);
            _journal.Rewrite(WriteAll);
        }

        Acknowledge(from, state.Number, shipment.Place, shipment.Round);
    }

    // Takes the sender for the primary, unless its term is over.
    bool Heed(NodeId from, long term, long place, long round)
    {
        if (term < _term)
        {
            _world.Send(from, new Receipt(_term, IsTaken: false, 0, place, round));
            return false;
        }

        if (term > _term || _role != Role.Follower)
            Follow(term, from.Node);
        _leader = from.Node;
        _lastContact = Now;
        return true;
    }

    void TakeEntries(Shipment shipment)
    {
        for (var i = 0; i < shipment.Entries.Length; i++)
        {
            var number = shipment.Previous + 1 + i;
            // What a majority has is the same everywhere; the rest is compared.
            if (number <= _commit || _entries.Holds(number, shipment.Entries[i].Term))
                continue;
            if (number <= _entries.Last)
                CutFrom(number);
            AddEntry(shipment.Entries[i]);
        }
    }

    // Another primary went on without these: whoever was told of them was told too soon.
    void CutFrom(long number)
    {
        _entries.CutFrom(number);
        _saved = Math.Min(_saved, number - 1);
        if (_seen < number)
            return;
        Note($"takes back what was seen from {number} on");
        _seen = number - 1;
        _state.Rewind(_seen);
    }

    void Acknowledge(NodeId from, long match, long place, long round)
    {
        var term = _term;
        WhenSaved(() =>
        {
            if (_term == term)
                _world.Send(from, new Receipt(term, IsTaken: true, match, place, round));
        });
    }

    void OnReceipt(NodeId from, Receipt receipt)
    {
        MeetTerm(receipt.Term);
        if (!IsLeader || receipt.Term != _term)
            return;
        var peer = Array.Find(_peers, one => one.Id == from.Node)!;
        peer.Heard = Now;
        peer.Round = Math.Max(peer.Round, receipt.Round);
        var isLatest = receipt.Place == peer.Place;
        if (isLatest)
            peer.IsAwaited = false;
        if (receipt.IsTaken)
        {
            peer.Match = Math.Max(peer.Match, receipt.Match);
            peer.Next = Math.Max(peer.Next, peer.Match + 1);
        }
        else if (isLatest)
        {
            peer.Next = Math.Clamp(
                receipt.Match + 1, peer.Match + 1, Math.Max(peer.Match + 1, peer.Next - 1));
        }

        Advance();
        SettleConfirmations();
        ShipRest(peer);
    }

    void ShipRest(Peer peer)
    {
        if (!IsLeader || peer.IsAwaited)
            return;
        if (peer.Round < _round || (peer.Next <= _entries.Last && !_isShipmentDue))
            Ship(peer);
    }

    // A majority commits an entry of the own term; an older one may still be written over by a later primary,
    // however many have it (section 3.6.2, figure 3.7).
    void Advance()
    {
        if (!IsLeader)
            return;
        var agreed = Math.Min(Agreed(_saved, static peer => peer.Match), _entries.Last);
        if (agreed > _commit && _entries.TermAt(agreed) == _term)
            _commit = agreed;
        var lasts = !_options.SyncCommit ? _entries.Last
            : _options.Replication == StoreReplication.Asynchronous ? Math.Max(_saved, _commit)
            : _commit;
        if (lasts >= _termStart)
            ShowUpTo(lasts);
        CompactIfLong();
    }
}
