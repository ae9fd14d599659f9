using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Quorum;

/// <summary>
/// A client that brings quorums together. With counter tags and write-back it is the multi-writer register
/// of Lynch and Shvartsman (1997, "Robust emulation of shared memory using dynamic quorum-acknowledged
/// broadcasts"): a write learns the highest tag from one quorum and stores a higher one at another; a read
/// stores what it is about to return.
/// </summary>
internal sealed class QuorumClient : IClient
{
    readonly IClientWorld _world;
    readonly QuorumOptions _options;
    readonly NodeId[] _replicas;
    readonly NodeId[] _standIns;

    // What this session has written and read, by key.
    readonly Dictionary<Value, Tag> _token = [];
    readonly Dictionary<Value, VersionVector> _seen = [];

    // The present life of the nearest replica, as far as it is known.
    long _life;

    /// <summary>Makes the client of one process.</summary>
    public QuorumClient(IClientWorld world, QuorumOptions options)
    {
        _world = world;
        _options = options;
        var replicas = world.Nodes.Take(options.N).ToList();
        // The home node is nearest: it is asked first where one answer is enough.
        var home = replicas.IndexOf(world.Home.Node);
        _replicas = [.. replicas.Skip(Math.Max(0, home)), .. replicas.Take(Math.Max(0, home))];
        _standIns = [.. world.Nodes.Skip(options.N)];
    }

    /// <inheritdoc/>
    public ValueTask<Completion> Invoke(Invocation invocation) => invocation.Function switch
    {
        Functions.ReplicaState => ReplicaState(invocation),
        Functions.Read or Functions.Get => Read(invocation),
        Functions.Write or Functions.Put => _options.Resolution == VersionResolution.Lww
            ? WriteTagged(invocation)
            : WriteSibling(invocation),
        _ => throw new InvalidOperationException($"a quorum of plain registers has no {invocation.Function}"),
    };

    async ValueTask<Completion> ReplicaState(Invocation invocation)
    {
        var request = new Request(new(_world.Process, 0), invocation.Command);
        var replica = invocation.Target ?? _replicas[0];
        for (var round = 0; round < _options.Rounds; round++)
            if (await _world.Call(replica, request, _options.RoundTimeout) is Answer answer)
                return answer.Completion;
        return Completion.Fail("timeout");
    }

    ValueTask<Completion> Read(Invocation invocation) =>
        _options.Level == ReadLevel.Leader ? ReadQuorum(invocation) : ReadOne(invocation);

    async ValueTask<Completion> ReadQuorum(Invocation invocation)
    {
        var key = invocation.Key;
        var found = await FetchQuorum(key);
        if (found is null)
            return Completion.Fail("no quorum");
        var newest = Newest(found);
        if (newest.Length > 0 && !await Repair(key, newest, found))
            return Completion.Fail("no quorum");
        Remember(key, newest);
        return Completion.Ok(Shown(newest, invocation.Function));
    }

    // A read that returned a version which a failed write left at one replica, and a later read that missed
    // it, would be out of order: so the version is stored at a write quorum first. False when there was
    // none.
    async ValueTask<bool> Repair(Value key, Version[] newest, IReadOnlyDictionary<int, Fetched> found)
    {
        var behind = found
            .Where(pair => !Has(pair.Value.Versions, newest))
            .Select(pair => new NodeId(pair.Key))
            .ToList();
        var store = new Store(key, newest);
        if (_options.ReadRepair)
            foreach (var replica in behind)
                _world.Send(replica, store);
        if (!_options.WriteBack || found.Count - behind.Count >= _options.W)
            return true;
        return await StoreQuorum(store, newest: null) is not null;
    }

    async ValueTask<Completion> ReadOne(Invocation invocation)
    {
        var key = invocation.Key;
        var atLeast = _options.Level == ReadLevel.Any ? default : _token.GetValueOrDefault(key);
        var late = false;
        foreach (var replica in _replicas)
        {
            var reply = await _world.Call(replica, new Fetch(key), _options.RoundTimeout);
            if (reply is not Fetched fetched)
                continue;
            if (TagOf(fetched.Versions).CompareTo(atLeast) >= 0)
            {
                Remember(key, fetched.Versions);
                return Completion.Ok(Shown(fetched.Versions, invocation.Function));
            }

            late = true;
        }

        return Completion.Fail(late ? "behind" : "timeout");
    }

    async ValueTask<Completion> WriteTagged(Invocation invocation)
    {
        var counter = (_world.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        if (_options.Tags == TagSource.Counter)
        {
            // Nothing was stored yet, so without a quorum the write surely did not happen.
            if (await FetchQuorum(invocation.Key) is not { } found)
                return Completion.Fail("no quorum");
            counter = TagOf(Newest(found)).Counter + 1;
        }

        var version = Version.Tagged(invocation.Input, new(counter, _world.Process));
        if (await StoreQuorum(new(invocation.Key, [version]), newest: null) is null)
            return Completion.Info("no quorum");
        if (_options.Level != ReadLevel.Monotonic)
            Remember(invocation.Key, [version]);
        return Completion.Ok(Value.Nil);
    }

    // A server makes the version, because versions are named after server events; the client spreads it.
    async ValueTask<Completion> WriteSibling(Invocation invocation)
    {
        var key = invocation.Key;
        var reply = await MintVersion(
            new(key, invocation.Input, _seen.GetValueOrDefault(key) ?? VersionVector.Empty, _life));
        if (reply is Refusal refusal)
            return refusal.MayStillHappen ? Completion.Info(refusal.Reason) : Completion.Fail(refusal.Reason);
        if (reply is not Minted minted)
            return Completion.Info("timeout");
        if (await StoreQuorum(new(key, [minted.Version]), _replicas[0]) is null)
            return Completion.Info("no quorum");
        Remember(key, [minted.Version]);
        return Completion.Ok(Value.Nil);
    }

    // A replica mints for those who know its present life (AtMostOnce); it tells it to who does not. What it
    // refuses it makes of no copy of the message, but its life before may have.
    async ValueTask<Message?> MintVersion(Mint mint)
    {
        var patience = _options.RoundTimeout * _options.Rounds;
        var start = _world.Clock.GetTimestamp();
        var mayHaveMinted = false;
        while (true)
        {
            var reply = await _world.Call(
                _replicas[0], mint with { Life = _life }, patience - _world.Clock.GetElapsedTime(start));
            if (reply is Refusal refusal)
                return refusal with { MayStillHappen = refusal.MayStillHappen || mayHaveMinted };
            if (reply is not NewHere born)
                return reply;
            mayHaveMinted |= _life != 0;
            _life = born.Life;
        }
    }

    ValueTask<IReadOnlyDictionary<int, Fetched>?> FetchQuorum(Value key) =>
        Gather<Fetched>(_options.R, _ => new Fetch(key), has: null);

    ValueTask<IReadOnlyDictionary<int, Stored>?> StoreQuorum(Store store, NodeId? newest) =>
        Gather<Stored>(_options.W, owner => owner is null ? store : store with { For = owner }, newest);

    // Asks all replicas, again and again those that are silent, until enough have answered. When sloppy,
    // stand-ins are asked in their place from the second round on. Null when they are too few.
    async ValueTask<IReadOnlyDictionary<int, T>?> Gather<T>(
        int enough, Func<NodeId?, Message> question, NodeId? has)
        where T : Message
    {
        var answered = new SortedDictionary<int, T>();
        enough -= has is null ? 0 : 1;
        for (var round = 0; round < _options.Rounds && answered.Count < enough; round++)
        {
            var gathering = new QuorumCall<T>(_world, enough - answered.Count);
            var silent = _replicas.Where(r => r != has && !answered.ContainsKey(r.Index)).ToList();
            foreach (var replica in silent)
                gathering.Ask(replica, question(null), _options.RoundTimeout);
            if (_options.Sloppy && round > 0)
                foreach (var (standIn, owner) in FreeStandIns(answered.Keys).Zip(silent))
                    gathering.Ask(standIn, question(owner), _options.RoundTimeout);
            if (enough > answered.Count)
                await gathering.Done;
            foreach (var (index, reply) in gathering.Replies)
                answered[index] = reply;
        }

        return answered.Count >= enough ? answered : null;
    }

    IEnumerable<NodeId> FreeStandIns(ICollection<int> answered) =>
        _standIns.Where(standIn => !answered.Contains(standIn.Index));

    Version[] Newest(IReadOnlyDictionary<int, Fetched> found)
    {
        Version[] newest = [];
        foreach (var (_, fetched) in found)
            newest = _options.Resolution.Merge(newest, fetched.Versions);
        return newest;
    }

    static bool Has(Version[] versions, Version[] newest) =>
        versions.Length == newest.Length
        && versions.Zip(newest).All(pair => pair.First.Name == pair.Second.Name);

    void Remember(Value key, Version[] versions)
    {
        var tag = TagOf(versions);
        if (tag.CompareTo(_token.GetValueOrDefault(key)) > 0)
            _token[key] = tag;
        if (_options.Resolution != VersionResolution.Lww)
            _seen[key] = (_seen.GetValueOrDefault(key) ?? VersionVector.Empty).Join(versions.Context());
    }

    static Tag TagOf(Version[] versions) => versions.Length == 0 ? default : versions[0].Tag;

    // A map key never put reads as the empty text.
    static Value Shown(Version[] versions, string function) =>
        versions.Length == 0 && function == Functions.Get ? "" : versions.Shown();
}
