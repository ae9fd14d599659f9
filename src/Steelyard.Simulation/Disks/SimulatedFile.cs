namespace Steelyard.Simulation.Disks;

/// <summary>A write or a cut that was not synced yet.</summary>
/// <param name="Number">Its place among all changes of the disk.</param>
/// <param name="Offset">Where it writes, or the length it cuts to.</param>
/// <param name="Bytes">What it writes; null for a cut.</param>
internal readonly record struct FileChange(long Number, long Offset, byte[]? Bytes);

/// <summary>
/// A file apart from its name: what the page cache shows, what the platter holds, and the changes between the
/// two.
/// </summary>
internal sealed class SimulatedFile
{
    readonly FileBytes _cached = new();
    readonly FileBytes _durable = new();
    readonly List<FileChange> _unsynced = [];

    public FileBytes Content => _cached;

    public int Length => _cached.Length;

    public int DurableLength => _durable.Length;

    public void Change(FileChange change)
    {
        Apply(_cached, change);
        _unsynced.Add(change);
    }

    /// <summary>Makes the changes up to a number durable.</summary>
    public void Sync(long upTo)
    {
        var count = 0;
        while (count < _unsynced.Count && _unsynced[count].Number <= upTo)
            Apply(_durable, _unsynced[count++]);
        _unsynced.RemoveRange(0, count);
    }

    /// <summary>
    /// A crash: the unsynced changes are gone. When torn, some of the first are kept, and a part of one more.
    /// </summary>
    /// <param name="kept">How many of the unsynced bytes reached the platter; 0 is none.</param>
    public void Crash(long kept)
    {
        foreach (var change in _unsynced)
        {
            if (kept <= 0)
                break;
            if (change.Bytes is { } bytes && bytes.Length > kept)
                _durable.Write(change.Offset, bytes.AsSpan(0, (int)kept));
            else
                Apply(_durable, change);
            kept -= change.Bytes?.Length ?? 1;
        }

        _unsynced.Clear();
        _cached.Become(_durable);
    }

    /// <summary>How much of it a crash would tear: its unsynced bytes, and 1 for each cut.</summary>
    public long UnsyncedWeight => _unsynced.Sum(change => (long)(change.Bytes?.Length ?? 1));

    /// <summary>Flips a bit, on the platter and in what is read.</summary>
    public void FlipBit(int offset, int bit)
    {
        _durable.FlipBit(offset, bit);
        _cached.FlipBit(offset, bit);
    }

    static void Apply(FileBytes bytes, FileChange change)
    {
        if (change.Bytes is null)
            bytes.Truncate(change.Offset);
        else
            bytes.Write(change.Offset, change.Bytes);
    }
}
