using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Services.Databases;

/// <summary>
/// The bytes of a database on the disk of its host. A commit is one record of a journal and holds the pages
/// that it changed, so that a crash keeps all of it or nothing. A page is read where its newest version
/// stands in the file, and compared with the checksum of what was written: what rotted is never handed out.
/// </summary>
internal sealed class PageStore
{
    /// <summary>Bytes of a page. Few, since a commit writes whole pages.</summary>
    public const int PageBytes = 1024;

    // A file that holds mostly what was written over is written anew.
    const long LeastLong = 512 << 10;
    const int MostVersions = 4;

    readonly INodeWorld _world;
    readonly Journal _journal;
    readonly List<PagePlace> _places = [];

    // Sorted: their order reaches the disk.
    readonly SortedDictionary<int, byte[]> _changed = [];
    readonly List<int> _same = [];
    readonly byte[] _page = new byte[PageBytes];
    long _committedLength;

    /// <summary>Opens what a host's disk holds.</summary>
    /// <exception cref="NodeStoppedException">What was committed is lost or damaged.</exception>
    public PageStore(INodeWorld world)
    {
        _world = world;
        _journal = new(world);
        var found = _journal.Open(Read);
        Check(found != JournalState.Damaged);
        Length = _committedLength;
        if (found == JournalState.Absent)
            _journal.Rewrite(static _ => { });
    }

    /// <summary>Bytes of the database, those that are not committed included.</summary>
    public long Length { get; private set; }

    /// <summary>Whether something is on its way to the disk; nothing may be committed meanwhile.</summary>
    public bool IsBusy => _journal.IsBusy;

    /// <summary>Whether a crash would take something that was committed.</summary>
    public bool IsUnsynced => _journal.HasUnsaved;

    /// <summary>Runs an action when everything committed so far is durable.</summary>
    public void WhenSaved(Action done) => _journal.WhenSaved(done);

    /// <summary>Reads bytes; those beyond the end are zeros.</summary>
    /// <returns>False where one of them rotted.</returns>
    public bool TryRead(long offset, Span<byte> into)
    {
        while (into.Length > 0)
        {
            var (page, within) = ((int)(offset / PageBytes), (int)(offset % PageBytes));
            var count = Math.Min(into.Length, PageBytes - within);
            if (!TryPage(page, out var bytes))
                return false;
            bytes.Slice(within, count).CopyTo(into);
            into = into[count..];
            offset += count;
        }

        return true;
    }

    /// <summary>Writes bytes; they are there for good with the next commit.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        Length = Math.Max(Length, offset + bytes.Length);
        while (bytes.Length > 0)
        {
            var (page, within) = ((int)(offset / PageBytes), (int)(offset % PageBytes));
            var count = Math.Min(bytes.Length, PageBytes - within);
            bytes[..count].CopyTo(Changed(page, isWhole: count == PageBytes).AsSpan(within));
            bytes = bytes[count..];
            offset += count;
        }
    }

    /// <summary>Cuts it to a length.</summary>
    public void Truncate(long length)
    {
        Length = Math.Min(Length, length);
        foreach (var page in _changed.Keys.Where(page => (long)page * PageBytes >= Length).ToList())
            _changed.Remove(page);
    }

    /// <summary>Puts what changed into the file; durable once <see cref="WhenSaved"/> says so.</summary>
    /// <exception cref="DiskFullException">No room: nothing was put there.</exception>
    /// <exception cref="NodeStoppedException">What tells how much was saved is damaged.</exception>
    public void Commit()
    {
        // What a life before a crash still runs must not touch what was kept.
        if (_world.IsOver)
            return;
        // After a commit that was refused, SQLite writes what there was before, and commits that.
        _same.Clear();
        foreach (var page in _changed.Keys)
            if (IsAsCommitted(page))
                _same.Add(page);
        _same.ForEach(page => _changed.Remove(page));
        if (_changed.Count == 0 && Length == _committedLength)
            return;
        Check(_journal.IsMarkIntact());
        var start = _journal.Length;
        var places = new List<PagePlace>(_changed.Count);
        Write(_journal.Add(), start, _changed, places);
        _journal.Append();
        Take(_changed.Keys, places);
        _changed.Clear();
    }

    /// <summary>Writes the file anew where it is long; nobody may read before that is saved.</summary>
    /// <exception cref="NodeStoppedException">The old file is damaged.</exception>
    public void CompactIfLong()
    {
        var most = Math.Max(LeastLong, (long)MostVersions * _places.Count * PageBytes);
        // What is not committed yet stands in nobody's way, but must not be written.
        if (_journal.Length < most || _changed.Count > 0 || Length != _committedLength)
            return;
        Check(_journal.AreRecordsIntact());
        var all = new SortedDictionary<int, byte[]>();
        for (var page = 0; page < _places.Count; page++)
        {
            // What rotted must not get a fresh checksum.
            Check(TryPage(page, out var bytes));
            all.Add(page, bytes.ToArray());
        }

        var places = new List<PagePlace>(all.Count);
        _journal.Rewrite(writer => Write(writer.Begin(), 0, all, places));
        _journal.WhenSaved(() => Take(all.Keys, places));
    }

    // To go on with a part of what was committed would be to lie.
    static void Check(bool isIntact)
    {
        if (!isIntact)
            throw new NodeStoppedException("database disk image is malformed");
    }

    void Write(
        RecordWriter record, long start, SortedDictionary<int, byte[]> pages, List<PagePlace> places)
    {
        // A full disk lets a journal write all of it again.
        places.Clear();
        record.Add(Length).Add(pages.Count);
        foreach (var (page, bytes) in pages)
        {
            record.Add(page);
            places.Add(new(start + record.Length, Checksum.Of(bytes)));
            record.Add(bytes);
        }

        record.End();
    }

    void Read(RecordReader record)
    {
        _committedLength = record.Number();
        for (var left = record.Number(); left > 0; left--)
        {
            var page = (int)record.Number();
            var at = _journal.Length - record.Left;
            Put(page, new(at, Checksum.Of(record.Bytes(PageBytes))));
        }

        Shorten();
    }

    void Take(IEnumerable<int> pages, List<PagePlace> places)
    {
        _committedLength = Length;
        foreach (var (page, place) in pages.Zip(places))
            Put(page, place);
        Shorten();
    }

    void Put(int page, PagePlace place)
    {
        while (_places.Count <= page)
            _places.Add(default);
        _places[page] = place;
    }

    void Shorten()
    {
        var pages = (int)((_committedLength + PageBytes - 1) / PageBytes);
        if (_places.Count > pages)
            _places.RemoveRange(pages, _places.Count - pages);
    }

    byte[] Changed(int page, bool isWhole)
    {
        if (_changed.TryGetValue(page, out var bytes))
            return bytes;
        bytes = new byte[PageBytes];
        if (!isWhole && TryPage(page, out var before))
            before.CopyTo(bytes);
        _changed.Add(page, bytes);
        return bytes;
    }

    bool TryPage(int page, out ReadOnlySpan<byte> bytes)
    {
        if (!_changed.TryGetValue(page, out var changed))
            return TryCommitted(page, out bytes);
        bytes = changed;
        return true;
    }

    bool TryCommitted(int page, out ReadOnlySpan<byte> bytes)
    {
        bytes = _page;
        var place = page < _places.Count ? _places[page] : default;
        if (place.At == 0)
        {
            Array.Clear(_page);
            return true;
        }

        return _journal.TryRead(place.At, _page) && Checksum.Of(_page) == place.Checksum;
    }

    bool IsAsCommitted(int page)
    {
        var place = page < _places.Count ? _places[page] : default;
        return place.At > 0 && _journal.TryRead(place.At, _page)
            && _changed[page].AsSpan().SequenceEqual(_page) && Checksum.Of(_page) == place.Checksum;
    }

    /// <summary>Where the newest version of a page stands.</summary>
    /// <param name="At">Offset in the file; 0 is nowhere, and the page is zeros.</param>
    /// <param name="Checksum">Of what was written.</param>
    readonly record struct PagePlace(long At, uint Checksum);
}
