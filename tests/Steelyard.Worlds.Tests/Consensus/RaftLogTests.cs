using Steelyard.Worlds.Consensus;

namespace Steelyard.Worlds.Tests.Consensus;

public sealed class RaftLogTests
{
    [Fact]
    public void Compacting_keeps_what_follows_the_snapshot()
    {
        var log = Log(1, 1, 2);
        log.Compact(Snapshot(2, 1));
        Assert.Equal(3, log.LastIndex);
        Assert.Equal(2, log.LastTerm);
    }

    [Fact]
    public void A_snapshot_of_another_history_replaces_everything()
    {
        var log = Log(1, 1, 1);
        log.Compact(Snapshot(2, 5));
        Assert.Equal(2, log.LastIndex);
        Assert.Equal(5, log.LastTerm);
    }

    [Fact]
    public void The_planted_bug_drops_what_follows_the_snapshot()
    {
        var log = Log(1, 1, 2);
        log.Compact(Snapshot(2, 1), keepTail: false);
        Assert.Equal(2, log.LastIndex);
    }

    [Fact]
    public void Entries_are_held_by_index_and_term_together()
    {
        var log = Log(1, 2, 2);
        Assert.True(log.Holds(2, 2));
        Assert.False(log.Holds(2, 1));
        Assert.False(log.Holds(4, 2));
    }

    [Fact]
    public void A_disagreement_is_skipped_a_term_at_a_time()
    {
        var log = Log(1, 2, 2, 2, 3);
        Assert.Equal(2, log.StartOfTermAt(4));
        Assert.Equal(1, log.StartOfTermAt(1));
    }

    static RaftLog Log(params int[] terms)
    {
        var log = new RaftLog(new([new(0)]));
        foreach (var term in terms)
            log.Add(new RaftEntry(term));
        return log;
    }

    static RaftSnapshot Snapshot(long index, long term) => new(index, term, new([new(0)]), 0, null);
}
