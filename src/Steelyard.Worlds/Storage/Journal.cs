using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Storage;

/// <summary>What a journal held when it was opened.</summary>
public enum JournalState : byte
{
    /// <summary>Everything that was ever acknowledged as saved; an unsaved tail may have been cut
    /// off.</summary>
    Whole,

    /// <summary>There was none: a node's first start.</summary>
    Absent,

    /// <summary>Something that had been saved is gone or damaged; what could be read must not be relied
    /// on.</summary>
    Damaged,
}

/// <summary>
/// A node's records on its disk: appended, synced in groups, rewritten now and then, and read back after a
/// crash.
/// </summary>
/// <remarks>
/// A damaged record at the end of a file has two readings: a write that never was acknowledged and tore in
/// the crash (harmless: cut it off), or an acknowledged one that rotted (not harmless at all). No checksum
/// can tell them apart; Alagappan et al. (2018, section 3.3) do it with a second, separate trace of what
/// was saved. Here that is the mark: a small file that says how long the journal was at its last completed
/// sync, written after that sync and synced itself before anybody is told. It has two slots, written in
/// turn, so that a torn write leaves the older one.
/// </remarks>
public sealed class Journal(INodeWorld world)
{
    const string File = "journal";
    const string Rewritten = "journal.new";
    const string MarkFile = "journal.mark";
    internal const int SlotBytes = 64;
    static readonly TimeSpan RetryWhenFull = TimeSpan.FromMilliseconds(100);

    readonly RecordWriter _pending = new();
    readonly RecordWriter _slot = new();
    List<Action> _waiting = [];
    List<Action> _syncing = [];
    Action<RecordWriter>? _rewrite;
    long _generation;
    long _marks;
    long _markBytes;
    bool _busy;
    bool _isUnsynced;
    bool _isMarked;

    /// <summary>Bytes in the file: what a rewrite would save. While it is opened, the end of the record that
    /// is read.</summary>
    public long Length { get; private set; }

    /// <summary>Whether a save is under way; what is added now waits for its end.</summary>
    public bool IsBusy => _busy;

    /// <summary>Whether something waits for the next save.</summary>
    public bool HasUnsaved => _pending.Length > 0 || _isUnsynced || _rewrite is not null;

    /// <summary>A record to add, open: fill it and end it. It is durable once <see cref="WhenSaved"/> says
    /// so.</summary>
    public RecordWriter Add() => _pending.Begin();

    /// <summary>Runs an action when everything added so far is durable; at once when it is already.</summary>
    public void WhenSaved(Action done)
    {
        if (!HasUnsaved && !_busy)
        {
            done();
            return;
        }

        (HasUnsaved ? _waiting : _syncing).Add(done);
        Save();
    }

    /// <summary>
    /// Puts what was added into the file now, for those who must know whether there is room for it. It is
    /// durable once <see cref="WhenSaved"/> says so.
    /// </summary>
    /// <exception cref="DiskFullException">No room: what was added is dropped.</exception>
    /// <exception cref="InvalidOperationException">A save is under way, or there is no file yet.</exception>
    public void Append()
    {
        if (_busy || Length == 0 || _rewrite is not null)
            throw new InvalidOperationException("a journal takes nothing out of turn while it is saved");
        try
        {
            world.Disk.Append(File, _pending.Written);
            Length += _pending.Length;
            _isUnsynced = true;
        }
        finally
        {
            _pending.Clear();
        }
    }

    /// <summary>Reads bytes of a record back, as the file holds them now: they may have rotted.</summary>
    /// <returns>False where the file ends before.</returns>
    public bool TryRead(long at, Span<byte> into) => world.Disk.Read(File, at, into) == into.Length;

    /// <summary>
    /// Replaces the whole file: <paramref name="writeAll"/> writes every record that is to stand in it,
    /// those added and not yet saved included. It takes the old file's place at once or not at all.
    /// </summary>
    public void Rewrite(Action<RecordWriter> writeAll)
    {
        _rewrite = writeAll;
        Save();
    }

    /// <summary>Reads the file back, cuts an unsaved tail off, and gets ready to add.</summary>
    /// <param name="read">Given each record, in order.</param>
    public JournalState Open(RecordAction read)
    {
        world.Disk.Delete(Rewritten);
        var bytes = world.Disk.Read(File);
        var marks = world.Disk.Read(MarkFile);
        var mark = Mark.Read(marks);
        _markBytes = marks?.Length ?? 0;
        _marks = mark.Number;
        if (bytes is null)
        {
            _generation = mark.Generation;
            return mark.Exists ? JournalState.Damaged : JournalState.Absent;
        }

        ReadOnlySpan<byte> rest = bytes;
        if (RecordReader.TryTake(ref rest, out var header))
            _generation = header.Number();
        while (RecordReader.TryTake(ref rest, out var record))
        {
            Length = bytes.Length - rest.Length;
            read(record);
        }

        Length = bytes.Length - rest.Length;
        if (!mark.Accepts(_generation, Length, rest.IsEmpty))
        {
            // The next save replaces the file, under a generation that none had before.
            _generation = Math.Max(_generation, mark.Generation);
            Length = 0;
            return JournalState.Damaged;
        }

        if (!rest.IsEmpty)
            world.Disk.Truncate(File, Length);
        // Nobody was told that it was saved, and it may stand in the page cache only.
        _isUnsynced = _generation != mark.Generation || Length != mark.Length;
        // A crash left a mark damaged, or none of this generation. The next one must not meet that: without a
        // mark nothing tells the tail that it tears from one that rotted.
        if (mark.DamagedSlots > 0 || mark.Generation != _generation)
        {
            _busy = true;
            WriteMark();
        }
        return JournalState.Whole;
    }

    /// <summary>Whether the mark stands on the disk as it was written, once one was.</summary>
    public bool IsMarkIntact() => !_isMarked || (Mark.Read(world.Disk.Read(MarkFile)) is var mark
        && mark.DamagedSlots == 0 && mark.Number == _marks);

    /// <summary>Whether every record stands on the disk as it was written, those too that were written over
    /// by later ones.</summary>
    public bool AreRecordsIntact()
    {
        var frame = new byte[RecordWriter.FrameBytes];
        for (var at = 0L; at < Length;)
        {
            var length = TryRead(at, frame) ? RecordReader.LengthOf(frame) : 0;
            if (length <= 0 || length > Length - at - frame.Length)
                return false;
            var record = new byte[frame.Length + length];
            ReadOnlySpan<byte> whole = record;
            if (!TryRead(at, record) || !RecordReader.TryTake(ref whole, out _))
                return false;
            at += record.Length;
        }

        return true;
    }

    void Save()
    {
        if (_busy || !HasUnsaved)
            return;
        try
        {
            if (_rewrite is not null)
                SaveAll(_rewrite);
            else
                SavePending();
        }
        catch (DiskFullException)
        {
            // Nothing is acknowledged meanwhile: a full disk is a slow disk.
            _busy = true;
            world.SetTimer(RetryWhenFull, () =>
            {
                _busy = false;
                Save();
            });
        }
    }

    void SavePending()
    {
        if (Length == 0)
        {
            SaveAll(_ => { });
            return;
        }

        if (_pending.Length > 0)
        {
            world.Disk.Append(File, _pending.Written);
            Length += _pending.Length;
            _pending.Clear();
        }

        Started();
        world.Disk.Sync(File, WriteMark);
    }

    void SaveAll(Action<RecordWriter> writeAll)
    {
        var first = Length == 0;
        var all = new RecordWriter();
        all.Begin().Add(_generation + 1).End();
        writeAll(all);
        if (first && _rewrite is null)
            all.AddRecords(_pending.Written);
        world.Disk.Delete(Rewritten);
        world.Disk.Append(Rewritten, all.Written);
        _generation++;
        Length = all.Length;
        _pending.Clear();
        _rewrite = null;
        Started();
        world.Disk.Sync(Rewritten, () =>
        {
            world.Disk.Rename(Rewritten, File);
            world.Disk.Sync(File, WriteMark);
        });
    }

    // What is added from now on belongs to the next group.
    void Started()
    {
        _busy = true;
        _isUnsynced = false;
        (_waiting, _syncing) = (_syncing, _waiting);
    }

    void WriteMark()
    {
        try
        {
            _slot.Clear();
            _slot.Begin().Add(_marks + 1).Add(_generation).Add(Length).End();
            Span<byte> slots = stackalloc byte[2 * SlotBytes];
            slots.Clear();
            _slot.Written.CopyTo(slots[SlotBytes..]);
            // A torn first slot may hold its record whole, and yet be shorter than a slot.
            var start = _marks % 2 * SlotBytes;
            var from = Math.Min(start, _markBytes);
            world.Disk.Write(MarkFile, from, slots[(int)(SlotBytes - (start - from))..]);
            _markBytes = Math.Max(_markBytes, start + SlotBytes);
            _marks++;
            world.Disk.Sync(MarkFile, Saved);
        }
        catch (DiskFullException)
        {
            world.SetTimer(RetryWhenFull, WriteMark);
        }
    }

    void Saved()
    {
        _busy = false;
        _isMarked = true;
        var done = _syncing;
        _syncing = [];
        foreach (var action in done)
            action();
        Save();
    }

    /// <summary>Takes one record's content.</summary>
    public delegate void RecordAction(RecordReader record);
}
