using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Designs.AntiEntropy;

/// <summary>How an <see cref="EventLog"/> runs; the same at all nodes.</summary>
internal sealed record EventLogOptions
{
    /// <summary>How often a node tells another what it has.</summary>
    public TimeSpan DigestPeriod { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Entries a message carries at most.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>False leaves the digests out: what a link lost stays lost.</summary>
    public bool Repairs { get; init; } = true;

    /// <summary>False acknowledges before the disk has it: a crash takes acknowledged entries.</summary>
    public bool SavesFirst { get; init; } = true;
}

/// <summary>
/// A log that every node writes without asking anybody, and that all nodes come to share: each node numbers
/// its own entries, pushes them to the others as soon as its disk has them, and tells them now and then up to
/// which number it has each node's; whoever has more sends the rest (anti-entropy: Demers et al. 1987,
/// section 1.3; prefix by prefix as in Bayou, Petersen et al. 1997, section 3.1). A digest is the
/// acknowledgement too: a node that lost its memory says so by a lower one, and is given again what it lost.
/// Nothing is ever dropped.
/// </summary>
internal sealed class EventLog
{
    readonly INodeWorld _world;
    readonly EventLogOptions _options;
    readonly Action<GossipEntry> _deliver;
    readonly Journal _journal;
    readonly HybridClock _clock;
    readonly List<GossipEntry>[] _byOrigin;
    long _written;
    int _nextPeer;

    /// <summary>The log of a node.</summary>
    /// <param name="world">The node's.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="deliver">Told every entry once, those of one origin in order; at a restart all over
    /// again.</param>
    public EventLog(INodeWorld world, EventLogOptions options, Action<GossipEntry> deliver)
    {
        (_world, _options, _deliver) = (world, options, deliver);
        _journal = new(world);
        _clock = new(world.Clock);
        _byOrigin = new List<GossipEntry>[world.Nodes.Count];
        for (var i = 0; i < _byOrigin.Length; i++)
            _byOrigin[i] = [];
    }

    /// <summary>The node's wall clock, in µs.</summary>
    public long WallMicros => _clock.WallMicros;

    /// <summary>The latest timestamp among what this node has or heard of.</summary>
    public HybridTime Latest { get; private set; }

    int Self => _world.Self.Index;

    /// <summary>Reads back what the disk kept and starts telling the others.</summary>
    /// <exception cref="InvalidOperationException">The disk lost something that had been saved: none
    /// tolerates that.</exception>
    public void Start()
    {
        if (_journal.Open(Restore) == JournalState.Damaged)
            throw new NodeStoppedException("its log lost entries that it had saved");
        _written = _byOrigin[Self].Count;
        if (_options.Repairs && _world.Peers.Count > 0)
            _world.SetTimer(_world.Random.Between(TimeSpan.Zero, _options.DigestPeriod), SendDigest);
    }

    /// <summary>
    /// Takes note of a timestamp a client carries, so that what it does next comes after what it saw.
    /// </summary>
    public void Hear(HybridTime time)
    {
        _clock.Hear(time);
        if (time.CompareTo(Latest) > 0)
            Latest = time;
    }

    /// <summary>
    /// Adds an entry of this node. It is delivered and sent once it is durable, then <paramref name="saved"/>
    /// runs.
    /// </summary>
    public void Append(Value payload, Action saved)
    {
        var entry = new GossipEntry(Self, ++_written, _clock.Next(), payload);
        Write(entry);
        if (!_options.SavesFirst)
            Accept();
        _journal.WhenSaved(() =>
        {
            if (_options.SavesFirst)
                Accept();
            var push = new Entries([entry]);
            foreach (var peer in _world.Peers)
                _world.Send(peer, push);
        });

        void Accept()
        {
            Take(entry);
            saved();
        }
    }

    /// <summary>Handles a message of the log's own.</summary>
    /// <returns>False when it is somebody else's.</returns>
    public bool TryReceive(NodeId from, Message message)
    {
        switch (message)
        {
            case Entries entries:
                foreach (var entry in entries.All)
                    TakeNext(entry);
                return true;
            case Digest digest:
                Compare(from, digest);
                return true;
            default:
                return false;
        }
    }

    void TakeNext(GossipEntry entry)
    {
        // A gap waits for the next digest; what is known already was delivered already.
        if (entry.Origin == Self || entry.Number != _byOrigin[entry.Origin].Count + 1)
            return;
        Write(entry);
        // Not waited for: were it lost in a crash, the next digest would ask for it again.
        _journal.WhenSaved(static () => { });
        Take(entry);
    }

    void Take(GossipEntry entry)
    {
        _byOrigin[entry.Origin].Add(entry);
        Hear(entry.Time);
        _deliver(entry);
    }

    void Write(GossipEntry entry) => _journal.Add()
        .Add(entry.Origin).Add(entry.Number)
        .Add(entry.Time.Micros).Add(entry.Time.Logical)
        .Add(entry.Payload).End();

    void Restore(RecordReader record)
    {
        var (origin, number) = ((int)record.Number(), record.Number());
        var time = new HybridTime(record.Number(), record.Number());
        if (number == _byOrigin[origin].Count + 1)
            Take(new(origin, number, time, record.Value()));
    }

    void SendDigest()
    {
        _world.Send(_world.Peers[_nextPeer], OwnDigest(isReply: false));
        _nextPeer = (_nextPeer + 1) % _world.Peers.Count;
        _world.SetTimer(_options.DigestPeriod, SendDigest);
    }

    Digest OwnDigest(bool isReply)
    {
        var have = new long[_byOrigin.Length];
        for (var i = 0; i < have.Length; i++)
            have[i] = _byOrigin[i].Count;
        return new(have, isReply);
    }

    void Compare(NodeId from, Digest theirs)
    {
        var missing = new List<GossipEntry>();
        var theyHaveMore = false;
        for (var origin = 0; origin < _byOrigin.Length; origin++)
        {
            var log = _byOrigin[origin];
            for (var i = (int)theirs.Have[origin]; i < log.Count && missing.Count < _options.MaxBatch; i++)
                missing.Add(log[i]);
            theyHaveMore |= theirs.Have[origin] > log.Count && origin != Self;
        }

        if (missing.Count > 0)
            _world.Send(from.Node, new Entries([.. missing]));
        // A reply is not replied to: two nodes that both lack something would go on for ever, and twice as
        // often after each doubled message.
        if (theyHaveMore && !theirs.IsReply)
            _world.Send(from.Node, OwnDigest(isReply: true));
    }

    sealed record Entries(GossipEntry[] All) : Message
    {
        public override int SizeBytes
        {
            get
            {
                var size = EnvelopeBytes + 4;
                foreach (var entry in All)
                    size += 12 + HybridTime.SizeBytes + SizeOf(entry.Payload);
                return size;
            }
        }
    }

    sealed record Digest(long[] Have, bool IsReply) : Message
    {
        public override int SizeBytes => EnvelopeBytes + 1 + (8 * Have.Length);
    }
}

/// <summary>Something that happened at one node. Shared by reference: it never changes.</summary>
/// <param name="Origin">Index of the node that accepted it.</param>
/// <param name="Number">Its number among that node's, from 1.</param>
/// <param name="Time">When, by that node's hybrid clock.</param>
/// <param name="Payload">What.</param>
internal sealed record GossipEntry(int Origin, long Number, HybridTime Time, Value Payload)
    : IComparable<GossipEntry>
{
    /// <summary>By hybrid time, then by origin and number: an order on which all nodes agree.</summary>
    public int CompareTo(GossipEntry? other)
    {
        if (other is null)
            return 1;
        var order = Time.CompareTo(other.Time);
        if (order == 0)
            order = Origin.CompareTo(other.Origin);
        return order != 0 ? order : Number.CompareTo(other.Number);
    }
}
