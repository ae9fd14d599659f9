using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Sessions;

/// <summary>
/// The consistency models of sessions by their definitions: every order is tried, every quantifier is a loop.
/// Nothing is shared with the checkers.
/// </summary>
internal sealed class SessionBruteForce
{
    readonly List<Op> _ops;
    readonly bool[,] _causal;

    SessionBruteForce(IEnumerable<Op> ops)
    {
        _ops = [.. ops];
        _causal = Causality();
    }

    /// <summary>Whether a history keeps a consistency model, whichever pending operations
    /// happened.</summary>
    public static bool Keeps(History history, string consistency)
    {
        var may = history.Operations.Where(o => o.MayHaveHappened && !(IsPending(o) && IsRead(o))).ToList();
        var pending = may.Where(IsPending).Select(o => o.Index).ToList();
        for (var subset = 0; subset < 1 << pending.Count; subset++)
        {
            var left = pending.Where((_, i) => (subset >> i & 1) == 0).ToHashSet();
            var force = new SessionBruteForce(may.Where(o => !left.Contains(o.Index)).Select(Op.Of));
            if (force.ReadsExist() && force.Keeps(consistency))
                return true;
        }

        return false;
    }

    static bool IsPending(Operation o) => o.Outcome is Outcome.Info or Outcome.Open;

    static bool IsRead(Operation o) => o.Function is "read" or "get";

    bool Keeps(string consistency) => consistency switch
    {
        "read-your-writes" => !_ops.Any(read => read.Reads && MissesOwnWrite(read)),
        "monotonic-reads" => !AnyPair((a, b) => a.Reads && b.Reads && a.Key == b.Key && !a.Seen.IsNil
            && (b.Seen.IsNil || OlderVersion(b, Writer(a)!) || WentBack(a, b))),
        "monotonic-writes" => !AnyPair(BreaksMonotonicWrites),
        "writes-follow-reads" => !AnyPair(BreaksWritesFollowReads),
        "pram" => Processes().All(p => HasView(p, Older)),
        "causal" => IsCausalOrder() && Processes().All(p => HasView(p, (a, b) => _causal[At(a), At(b)])),
        "sequential" => HasView(null, Older),
        "causal+" => IsCausalOrder() && Arbitrate([]),
        _ => throw new ArgumentException(consistency),
    };

    // Pairs of one process, the first earlier.
    bool AnyPair(Func<Op, Op, bool> breaks) => _ops.Any(a => _ops.Any(b => Older(a, b) && breaks(a, b)));

    bool MissesOwnWrite(Op read) =>
        _ops.Any(w => w.Writes && w.Key == read.Key && Older(w, read)
            && (read.Seen.IsNil || OlderVersion(read, w)))
        || (!read.Seen.IsNil && Older(read, Writer(read)!));

    bool WentBack(Op first, Op last) => first.Seen == last.Seen && _ops.Any(between => between.Reads
        && between.Key == first.Key && Older(first, between) && Older(between, last)
        && between.Seen != first.Seen);

    bool BreaksMonotonicWrites(Op r1, Op r2) => r1.Reads && !r1.Seen.IsNil && r2.Reads
        && _ops.Any(w1 => w1.Writes && w1.Key == r2.Key && Older(w1, Writer(r1)!)
            && (r2.Seen.IsNil || OlderVersion(r2, w1) || (Writer(r2) == w1 && Writer(r1)!.Key == r2.Key)));

    bool BreaksWritesFollowReads(Op r1, Op r2) => r1.Reads && !r1.Seen.IsNil && r2.Reads
        && _ops.Any(r0 => r0.Reads && !r0.Seen.IsNil && r0.Key == r2.Key
            && (Older(r0, Writer(r1)!) || r0 == Writer(r1))
            && (r2.Seen.IsNil || OlderVersion(r2, Writer(r0)!)
                || (Writer(r2) == Writer(r0) && Writer(r1)!.Key == r2.Key)));

    // A read of a version that the same process wrote before another.
    bool OlderVersion(Op read, Op than) => !read.Seen.IsNil && Older(Writer(read)!, than);

    static bool Older(Op a, Op b) => a.Process == b.Process && a.Index < b.Index;

    Op? Writer(Op read) => _ops.Find(w => w.Writes && w.Key == read.Key && w.Written == read.Seen);

    bool ReadsExist() => _ops.All(o => !o.Reads || o.Seen.IsNil || Writer(o) is not null);

    IEnumerable<int> Processes() => _ops.Select(o => o.Process).Distinct();

    int At(Op op) => _ops.IndexOf(op);

    bool[,] Causality()
    {
        var order = new bool[_ops.Count, _ops.Count];
        for (var a = 0; a < _ops.Count; a++)
            for (var b = 0; b < _ops.Count; b++)
                order[a, b] = Older(_ops[a], _ops[b])
                    || (_ops[b].Reads && !_ops[b].Seen.IsNil && Writer(_ops[b]) == _ops[a]);
        for (var middle = 0; middle < _ops.Count; middle++)
            for (var a = 0; a < _ops.Count; a++)
                for (var b = 0; b < _ops.Count; b++)
                    order[a, b] |= order[a, middle] && order[middle, b];
        return order;
    }

    bool IsCausalOrder() => Enumerable.Range(0, _ops.Count).All(i => !_causal[i, i]);

    // An order of all writes and the process' own reads; or of all reads.
    bool HasView(int? process, Func<Op, Op, bool> before)
    {
        var view = _ops.Where(o => o.Writes || (process ?? o.Process) == o.Process).ToList();
        return Extend([], view);

        bool Extend(List<Op> done, List<Op> left)
        {
            if (left.Count == 0)
                return true;
            foreach (var next in left)
            {
                if (left.Any(o => o != next && before(o, next)))
                    continue;
                var last = done.LastOrDefault(o => o.Writes && o.Key == next.Key)?.Written ?? Value.Nil;
                if ((process ?? next.Process) == next.Process && next.Reads && next.Seen != last)
                    continue;
                if (Extend([.. done, next], [.. left.Where(o => o != next)]))
                    return true;
            }

            return false;
        }
    }

    // An order of all writes in which each read returns the last of those in its causal past.
    bool Arbitrate(List<Op> done)
    {
        var left = _ops.Where(o => o.Writes && !done.Contains(o)).ToList();
        if (left.Count == 0)
            return _ops.Where(o => o.Reads).All(r => r.Seen == (done.LastOrDefault(
                w => w.Key == r.Key && w != r && _causal[At(w), At(r)])?.Written ?? Value.Nil));
        return left.Any(next => !left.Any(o => o != next && _causal[At(o), At(next)])
            && Arbitrate([.. done, next]));
    }

    sealed record Op(
        int Index, int Process, Value Key, bool Reads, Value Seen, bool Writes, Value Written)
    {
        public static Op Of(Operation o) => new(
            o.Index, o.Process, o.Key,
            o.Function != "write", o.Function == "cas" ? o.Input.AsList[0] : o.Output,
            o.Function != "read", o.Function == "cas" ? o.Input.AsList[1] : o.Input);
    }
}
