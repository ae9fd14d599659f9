using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;
using Steelyard.Worlds.Tests.HandDelivery;

namespace Steelyard.Worlds.Tests.Consensus;

/// <summary>A server whose machine keeps the numbers that were proposed, in order.</summary>
sealed class NumberNode : INode, IReplicatedMachine
{
    List<(long Index, long Number)> _applied = [];

    public NumberNode(INodeWorld world, ClusterConfiguration initial, RaftOptions options) =>
        Raft = new(world, initial, this, options);

    public RaftServer Raft { get; }

    public IEnumerable<long> Numbers => _applied.Select(one => one.Number);

    public int StepDowns { get; private set; }

    public int TakenBack { get; private set; }

    public void Start() => Raft.Start();

    public void Receive(NodeId from, Message message)
    {
        if (!Raft.TryReceive(from, message))
            throw new InvalidOperationException($"{message} is none of Raft's");
    }

    public void Apply(long index, LogCommand? command)
    {
        if (command is Number number)
            _applied.Add((index, number.Value));
    }

    public void TakeBack(long index) => TakenBack += _applied.RemoveAll(one => one.Index > index);

    public MachineState Snapshot(long index) => new Numbered([.. _applied.Where(one => one.Index <= index)]);

    public void Restore(long index, MachineState? state) =>
        _applied = state is Numbered numbered ? [.. numbered.All] : [];

    public void StepDown() => StepDowns++;

    public void Write(RecordWriter record, LogCommand command) => record.Add(((Number)command).Value);

    public LogCommand ReadCommand(ref RecordReader record) => new Number(record.Number());

    public void Write(RecordWriter record, MachineState state)
    {
        var all = ((Numbered)state).All;
        record.Add(all.Length);
        foreach (var (index, number) in all)
            record.Add(index).Add(number);
    }

    public MachineState ReadState(ref RecordReader record)
    {
        var all = new (long, long)[record.Number()];
        for (var i = 0; i < all.Length; i++)
            all[i] = (record.Number(), record.Number());
        return new Numbered(all);
    }

    /// <summary>What is proposed.</summary>
    internal sealed class Number(long value) : LogCommand
    {
        public long Value { get; } = value;

        public override int SizeBytes => 8;
    }

    sealed class Numbered((long Index, long Number)[] all) : MachineState
    {
        public (long Index, long Number)[] All { get; } = all;

        public override int SizeBytes => 16 * All.Length;
    }
}

/// <summary>What tests of Raft say often.</summary>
static class RaftSteps
{
    public const double ElectionTimeout = 300;

    public static HandCluster<NumberNode> Cluster(int servers, RaftOptions? options = null, int spare = 0)
    {
        var initial = new ClusterConfiguration(Enumerable.Range(0, servers).Select(i => new NodeId(i)));
        return new(servers + spare, world => new(world, initial, options ?? new()));
    }

    /// <summary>Makes a server the leader with the votes of others, who alone hear it.</summary>
    public static void Elect(this HandCluster<NumberNode> cluster, int leader, params int[] voters)
    {
        cluster.Win(leader, voters);
        cluster.DeliverFrom(leader, voters);
    }

    /// <summary>Makes a server the leader; what it sends as such is still on its way.</summary>
    public static void Win(this HandCluster<NumberNode> cluster, int leader, params int[] voters)
    {
        // All others stand too meanwhile, and nobody hears them.
        cluster.Letters.Clear();
        for (var step = 0; step < 200 && !cluster[leader].Raft.IsLeader; step++)
        {
            cluster.Advance(10);
            while (cluster.Letters.Find(letter => IsAsked(letter, leader, voters)) is { } next)
                cluster.Deliver(next);
            cluster.Letters.RemoveAll(letter => letter.Message is not AppendEntries);
        }

        Assert.True(cluster[leader].Raft.IsLeader);
        cluster.Letters.RemoveAll(letter => letter.From.Index != leader);
    }

    static bool IsAsked(Letter letter, int leader, int[] voters) => letter.Message switch
    {
        PreVote or RequestVote => letter.From.Index == leader && voters.Contains(letter.To.Index),
        PreVoteReply or VoteReply => letter.To.Index == leader && voters.Contains(letter.From.Index),
        _ => false,
    };

    /// <summary>Delivers what a server and some others have for one another; all else is lost.</summary>
    public static void DeliverFrom(
        this HandCluster<NumberNode> cluster, int leader, params ReadOnlySpan<int> others)
    {
        int[] heard = [.. others];
        while (cluster.Letters.Find(letter =>
            (letter.From.Index == leader && heard.Contains(letter.To.Index))
            || (letter.To.Index == leader && heard.Contains(letter.From.Index))) is { } next)
            cluster.Deliver(next);
        cluster.Letters.Clear();
    }

    /// <summary>Options with a planted bug, by its name.</summary>
    public static RaftOptions WithBug(string bug) => new() { Bug = Enum.Parse<RaftBug>(bug) };

    public static void Propose(this HandCluster<NumberNode> cluster, int leader, long number) =>
        cluster.Do(() => cluster[leader].Raft.Propose(new NumberNode.Number(number)));

    /// <summary>Asks for a read; null while it waits.</summary>
    public static Func<bool?> Read(this HandCluster<NumberNode> cluster, int leader)
    {
        bool? answer = null;
        cluster.Do(() => cluster[leader].Raft.Read(isLatest => answer = isLatest));
        return () => answer;
    }

    /// <summary>Asks for a change; null while nothing is known of how it went.</summary>
    public static Func<MembershipOutcome?> Change(
        this HandCluster<NumberNode> cluster, int leader, MembershipChangeKind kind, int server)
    {
        MembershipOutcome? outcome = null;
        cluster.Do(() => cluster[leader].Raft.Change(new(kind, new(server)), how => outcome = how));
        return () => outcome;
    }

    /// <summary>Hands a server a message as if another had sent it.</summary>
    public static void Tell(this HandCluster<NumberNode> cluster, int from, int to, Message message) =>
        cluster.Deliver(new(new(from), new(to), message));

    /// <summary>The one message of a kind on its way from a server to another.</summary>
    public static TMessage? Sent<TMessage>(this HandCluster<NumberNode> cluster, int from, int to)
        where TMessage : Message =>
        cluster.Between(from, to).Select(letter => letter.Message).OfType<TMessage>().LastOrDefault();
}
