using Steelyard.Worlds.Storage;

namespace Steelyard.Worlds.Tests.Storage;

/// <summary>
/// Every tear of every record that a journal writes: it is driven from sync to sync, and before each one
/// ends its disk crashes in every way it can, its journal is opened again, and goes on; and so twice more,
/// from each of those disks.
/// </summary>
public sealed class JournalTearTests
{
    /// <summary>What a life does, record by record; -1 is a rewriting of all that is there.</summary>
    static readonly int[][] Lives = [[1, 2, 3], [1, -1], [1, 2, -1, 3]];

    readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    [Fact]
    public void Whatever_a_torn_crash_leaves_the_journal_is_whole_and_goes_on()
    {
        foreach (var life in Lives)
            Crash(new(), saved: 0, life, depth: 3);

        // The enumeration is no enumeration of nothing: marks were torn in the first slot and in the second.
        Assert.InRange(_seen.Count, 1_000, int.MaxValue);
        Assert.Contains(_seen, left => MarkBytes(left) is > 0 and < Journal.SlotBytes);
        Assert.Contains(_seen, left => MarkBytes(left) is > Journal.SlotBytes and < 2 * Journal.SlotBytes);
    }

    [Fact]
    public void A_crash_after_each_save_tears_marks_in_both_slots_and_none_is_lost()
    {
        var disk = new TearingDisk();
        for (var life = 0; life < 5; life++)
        {
            var journal = Opened(disk, saved: life, out var read);
            Assert.Equal(life, read.Count);
            journal.Add().Add(life + 1).End();
            var isSaved = false;
            journal.WhenSaved(() => isSaved = true);
            while (!isSaved)
                disk.FinishSync();
            // The worst of the crashes to begin the next life with: everything unsynced is gone.
            disk = disk.Crashes().First();
        }
    }

    static int MarkBytes(string left)
    {
        var mark = left.Split('/')
            .FirstOrDefault(file => file.StartsWith("journal.mark ", StringComparison.Ordinal));
        return mark is null ? 0 : (mark.Length - "journal.mark ".Length) / 2;
    }

    // Runs a life on a disk, and from each disk that a crash in it may leave a next one.
    void Crash(TearingDisk start, int saved, int[] life, int depth)
    {
        // A disk cannot be set back, so each life is led again up to the sync before which it crashes.
        for (var syncs = 0; ; syncs++)
        {
            var disk = start.Crashes().First();
            var acknowledged = Lead(disk, saved, life, syncs);
            foreach (var left in disk.Crashes())
            {
                if (!_seen.Add($"{depth} {acknowledged} {left.Image}"))
                    continue;
                var journal = Opened(left, acknowledged, out var read);
                Assert.Equal(Enumerable.Range(1, read.Count).Select(number => (long)number), read);
                if (depth > 1)
                    Crash(left, read.Count, [read.Count + 1], depth - 1);
                else
                    GoOn(journal, left, read.Count);
            }

            if (!disk.IsSyncing)
                return;
        }
    }

    // Gives how many records were acknowledged.
    static int Lead(TearingDisk disk, int saved, int[] life, int syncs)
    {
        var journal = Opened(disk, saved, out var read);
        var acknowledged = read.Count;
        var all = read.Count;
        foreach (var step in life)
        {
            if (step < 0)
                journal.Rewrite(writer => WriteAll(writer, all));
            else
                journal.Add().Add(all = step).End();
            var isSaved = false;
            journal.WhenSaved(() => isSaved = true);
            for (; syncs > 0 && !isSaved; syncs--)
                disk.FinishSync();
            if (!isSaved)
                break;
            acknowledged = all;
        }

        return acknowledged;
    }

    static void WriteAll(RecordWriter writer, int count)
    {
        for (var number = 1; number <= count; number++)
            writer.Begin().Add(number).End();
    }

    static Journal Opened(TearingDisk disk, int saved, out List<long> read)
    {
        var records = new List<long>();
        var journal = new Journal(new DiskWorld(disk));

        var state = journal.Open(record => records.Add(record.Number()));

        Assert.NotEqual(JournalState.Damaged, state);
        Assert.True(records.Count >= saved, $"{records.Count} of {saved} records that were saved are there");
        read = records;
        return journal;
    }

    static void GoOn(Journal journal, TearingDisk disk, int there)
    {
        var isSaved = false;
        journal.Add().Add(there + 1).End();
        journal.WhenSaved(() => isSaved = true);
        while (!isSaved)
            disk.FinishSync();
        _ = Opened(disk.Crashes().First(), there + 1, out _);
    }
}
