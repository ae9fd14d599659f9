using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Designs.Quorum;

/// <summary>
/// A replica that stores versions and tells them. Clients bring the quorums together themselves (DeCandia
/// et al. 2007, section 6.4, "client-driven coordination"), so a replica never waits for another.
/// </summary>
internal sealed class QuorumNode : INode, IShowsState
{
    const int VersionsRecord = 1;
    const int HintRecord = 2;
    const int AsideRecord = 3;
    const int NobodyElse = -1;
    const long RewriteAtBytes = 64 * 1024;

    readonly INodeWorld _world;
    readonly QuorumOptions _options;
    readonly Journal _journal;

    // Sorted: their order reaches messages.
    readonly SortedDictionary<Value, Version[]> _versions = [];
    readonly SortedDictionary<(int For, Value Key), Version[]> _hints = [];

    // True once its disk lost what it had acknowledged: it takes part in no quorum any more, but still
    // learns.
    bool _standsAside;

    /// <summary>Makes a replica; its versions are on the world's disk, if it ran before.</summary>
    public QuorumNode(INodeWorld world, QuorumOptions options)
    {
        _world = world;
        _options = options;
        _journal = new(world);
    }

    /// <inheritdoc/>
    public void Start()
    {
        if (_journal.Open(ReadRecord) == JournalState.Damaged)
            StandAside();
        _world.SetTimer(_world.Random.Between(TimeSpan.Zero, _options.GossipPeriod), Gossip);
    }

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet)
    {
        sheet.Add("hints", _hints.Count);
        sheet.Add("keys", _versions.Count);
        sheet.Add("stands aside", _standsAside);
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case Gossip gossip:
                foreach (var (key, versions) in gossip.Keys)
                    Merge(key, versions);
                break;
            case Stored:
                // A hint handed over: the reply to its Store comes to a call, so none comes here but late
                // ones.
                break;
            case Request { Command.Function: Functions.ReplicaState }:
                _world.Send(from, new Answer(Completion.Ok(State()), 0));
                break;
            case var _ when _standsAside:
                _world.Send(from, new Refusal("disk damaged"));
                break;
            case Fetch fetch:
                OnFetch(from, fetch);
                break;
            case Store store:
                OnStore(from, store);
                break;
            case Mint mint:
                OnMint(from, mint);
                break;
            default:
                throw new UnexpectedMessageException(_world.Self, from, message);
        }
    }

    void OnStore(NodeId from, Store store)
    {
        if (store.For is { } owner)
            KeepFor(owner, store.Key, store.Versions);
        else
            Merge(store.Key, store.Versions);
        // A replica that forgets what it acknowledged is one less in every quorum it was counted in.
        _journal.WhenSaved(() => _world.Send(from, new Stored()));
    }

    // A reader takes what enough replicas told as stored there: so they tell nothing that a crash could still
    // take.
    void OnFetch(NodeId from, Fetch fetch)
    {
        var known = Known(fetch.Key);
        _journal.WhenSaved(() => _world.Send(from, new Fetched(known)));
    }

    void OnMint(NodeId from, Mint mint)
    {
        var self = _world.Self.Index;
        var number = Math.Max(Known(mint.Key).Context()[self], mint.Seen[self]) + 1;
        var version = new Version(mint.Value, default, new(self, number), mint.Seen);
        Merge(mint.Key, [version]);
        _journal.WhenSaved(() => _world.Send(from, new Minted(version)));
    }

    // What this node would answer: as a stand-in it has versions that are meant for others, too.
    Version[] Known(Value key)
    {
        var known = _versions.GetValueOrDefault(key) ?? [];
        foreach (var ((_, hinted), versions) in _hints)
            if (hinted == key)
                known = _options.Resolution.Merge(known, versions);
        return known;
    }

    void Merge(Value key, Version[] versions)
    {
        var known = _versions.GetValueOrDefault(key) ?? [];
        var merged = _options.Resolution.Merge(known, versions);
        if (Same(known, merged))
            return;
        _versions[key] = merged;
        Write(_journal.Add(), VersionsRecord, NobodyElse, key, merged);
        if (_journal.Length > RewriteAtBytes)
            _journal.Rewrite(WriteAll);
    }

    void KeepFor(NodeId owner, Value key, Version[] versions)
    {
        var place = (owner.Index, key);
        var merged = _options.Resolution.Merge(_hints.GetValueOrDefault(place) ?? [], versions);
        _hints[place] = merged;
        Write(_journal.Add(), HintRecord, owner.Index, key, merged);
    }

    void Gossip()
    {
        if (_world.Self.Index < _options.N && _versions.Count > 0)
        {
            var all = new Gossip([.. _versions.Select(pair => (pair.Key, pair.Value))]);
            // Unsaved, a version may be lost here, and its name be given to another one.
            _journal.WhenSaved(() =>
            {
                foreach (var other in _world.Peers.Where(peer => peer.Index < _options.N))
                    _world.Send(other, all);
            });
        }

        foreach (var ((owner, key), versions) in _hints.ToList())
            _ = HandOver(new(owner), key, versions);
        _world.SetTimer(_options.GossipPeriod, Gossip);
    }

    async Task HandOver(NodeId owner, Value key, Version[] versions)
    {
        var reply = await _world.Call(owner, new Store(key, versions), _options.GossipPeriod);
        var place = (owner.Index, key);
        // Only what was handed over is dropped: more may have come meanwhile.
        if (reply is not Stored || !_hints.TryGetValue(place, out var now) || !ReferenceEquals(now, versions))
            return;
        _hints.Remove(place);
        Write(_journal.Add(), HintRecord, owner.Index, key, []);
        _journal.WhenSaved(() => { });
    }

    static bool Same(Version[] left, Version[] right) =>
        left.Length == right.Length && left.Zip(right).All(pair => ReferenceEquals(pair.First, pair.Second));

    Value State() => Value.Map([.. _versions.Select(pair => (pair.Key, pair.Value.Shown()))]);

    void StandAside()
    {
        _versions.Clear();
        _hints.Clear();
        _standsAside = true;
        _journal.Rewrite(WriteAll);
    }

    void WriteAll(RecordWriter journal)
    {
        if (_standsAside)
            journal.Begin().Add(AsideRecord).End();
        foreach (var (key, versions) in _versions)
            Write(journal.Begin(), VersionsRecord, NobodyElse, key, versions);
        foreach (var ((owner, key), versions) in _hints)
            Write(journal.Begin(), HintRecord, owner, key, versions);
    }

    static void Write(RecordWriter record, int kind, int owner, Value key, Version[] versions)
    {
        record.Add(kind).Add(owner).Add(key).Add(versions.Length);
        foreach (var version in versions)
            version.WriteTo(record);
        record.End();
    }

    void ReadRecord(RecordReader record)
    {
        var kind = record.Number();
        if (kind == AsideRecord)
        {
            _standsAside = true;
            return;
        }

        var owner = (int)record.Number();
        var key = record.Value();
        var versions = new Version[record.Number()];
        for (var i = 0; i < versions.Length; i++)
            versions[i] = Version.ReadFrom(ref record);
        if (kind == VersionsRecord)
            _versions[key] = versions;
        else if (versions.Length == 0)
            _hints.Remove((owner, key));
        else
            _hints[(owner, key)] = versions;
    }
}
