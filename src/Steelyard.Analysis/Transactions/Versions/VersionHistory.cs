using Steelyard.Analysis.Transactions.Weak;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Versions;

/// <summary>A read of what another transaction left.</summary>
/// <param name="Reader">The reader, as a node.</param>
/// <param name="Place">Which of its steps.</param>
/// <param name="Key">The key.</param>
/// <param name="From">Who wrote it; -1 is the first state.</param>
internal readonly record struct VersionRead(int Reader, int Place, int Key, int From);

/// <summary>
/// The transactions that count as nodes, with what is known of the order of those that wrote a key: who read
/// from whom, what a list shows, and that who read a version and wrote the key wrote a later one.
/// </summary>
internal sealed class VersionHistory
{
    readonly int[] _nodes;

    /// <summary>Takes some transactions; reads of what others wrote say nothing.</summary>
    /// <param name="columns">The transactions of the whole history.</param>
    /// <param name="members">Those to look at, in order.</param>
    /// <param name="known">What lists tell of the order of commits; null is nothing.</param>
    public VersionHistory(TransactionColumns columns, int[] members, CommitEdges? known)
    {
        Columns = columns;
        Members = members;
        Order = known;
        _nodes = new int[columns.Count];
        Array.Fill(_nodes, -1);
        for (var node = 0; node < Members.Length; node++)
            _nodes[Members[node]] = node;
        Writers = new List<int>?[columns.KeyCount];
        ReadsOf = [.. Members.Select(_ => new List<VersionRead>())];
        ReadsFrom = new(Count);
        Known = new(Count);
        for (var node = 0; node < Count; node++)
            AddSteps(node);
        foreach (var read in Reads)
            IsOrder &= read.From < 0 || Known.TryLead(read.From, read.Reader);
        for (var i = 0; i < (known?.Count ?? 0); i++)
            if (_nodes[known!.From[i]] is >= 0 and var from && _nodes[known.To[i]] is >= 0 and var to)
                IsOrder &= Known.TryLead(from, to);
        if (!columns.History.TellsRealTime)
            AddSessions();
    }

    /// <summary>What lists tell of the order of commits.</summary>
    public CommitEdges? Order { get; }

    public TransactionColumns Columns { get; }

    /// <summary>The transaction of each node.</summary>
    public int[] Members { get; }

    public int Count => Members.Length;

    public List<VersionRead> Reads { get; } = [];

    /// <summary>The reads of each node, in order.</summary>
    public List<VersionRead>[] ReadsOf { get; }

    /// <summary>Who wrote each key, in order.</summary>
    public List<int>?[] Writers { get; }

    /// <summary>Who read from whom; and, where sessions are all the order there is, who came after whom in
    /// its session.</summary>
    public BitRelation ReadsFrom { get; }

    /// <summary>Who comes before whom in any case: reads and known orders of versions, closed.</summary>
    public BitRelation Known { get; }

    /// <summary>False when what is known is a circle by itself.</summary>
    public bool IsOrder { get; private set; } = true;

    /// <summary>The first step of a node that wrote a key; the end where none did.</summary>
    public int FirstWrite(int node, int key)
    {
        var (step, end) = (Columns.FirstSteps[Members[node]], Columns.StepsEnd(Members[node]));
        while (step < end && (Columns.Kinds[step] != StepKind.Write || Columns.StepKeys[step] != key))
            step++;
        return step;
    }

    /// <summary>True when a node wrote a key after a step.</summary>
    public bool WritesAfter(int node, int key, int step)
    {
        for (var end = Columns.StepsEnd(Members[node]); step < end; step++)
            if (Columns.Kinds[step] == StepKind.Write && Columns.StepKeys[step] == key)
                return true;
        return false;
    }

    void AddSessions()
    {
        for (var one = 0; one < Count; one++)
            for (var other = one + 1; other < Count; other++)
                if (Columns.Processes[Members[one]] == Columns.Processes[Members[other]])
                {
                    ReadsFrom.Add(one, other);
                    IsOrder &= Known.TryLead(one, other);
                }
    }

    void AddSteps(int node)
    {
        var isOk = Columns.Outcomes[Members[node]] == Outcome.Ok;
        for (var step = Columns.FirstSteps[Members[node]]; step < Columns.StepsEnd(Members[node]); step++)
        {
            var key = Columns.StepKeys[step];
            if (Columns.Kinds[step] == StepKind.Write && FirstWrite(node, key) == step)
                (Writers[key] ??= []).Add(node);
            if (Columns.Kinds[step] != StepKind.Read || !isOk || FirstWrite(node, key) < step)
                continue;
            var version = Columns.VersionRead(step);
            var writer = version < 0 ? -1 : Columns.Writers[version];
            var from = writer < 0 ? -1 : _nodes[writer];
            if (from == node || (version >= 0 && from < 0))
                continue;
            Reads.Add(new(node, step, key, from));
            ReadsOf[node].Add(Reads[^1]);
            if (from >= 0)
                ReadsFrom.Add(from, node);
        }
    }
}
