using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Tests.Storage;

/// <summary>
/// A disk that can be asked for everything a torn crash may leave of it. Syncs end when a test says so. Of a
/// file's unsynced bytes any number of the first may be kept, and of the unsynced names any number of the
/// first changes; files do not wait for each other.
/// </summary>
internal sealed class TearingDisk : IDisk
{
    sealed record Change(long Number, long Offset, byte[]? Bytes);

    sealed class Content
    {
        public byte[] Cached = [];
        public byte[] Durable = [];
        public List<Change> Unsynced = [];
    }

    readonly record struct Naming(long Number, string? Removed, string? Added, Content? File);

    readonly SortedDictionary<string, Content> _seen = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Content> _durable = new(StringComparer.Ordinal);
    readonly List<Naming> _unsynced = [];
    readonly Queue<(Content? File, long UpTo, Action Done)> _syncs = [];
    long _last;

    public IReadOnlyList<string> Files => [.. _seen.Keys];

    /// <summary>Whether somebody waits for a sync.</summary>
    public bool IsSyncing => _syncs.Count > 0;

    public void Append(string file, ReadOnlySpan<byte> bytes) =>
        Write(file, _seen.TryGetValue(file, out var known) ? known.Cached.Length : 0, bytes);

    public void Write(string file, long offset, ReadOnlySpan<byte> bytes)
    {
        if (!_seen.TryGetValue(file, out var known))
        {
            known = new();
            Name(new(++_last, null, file, known));
        }

        if (offset < 0 || offset > known.Cached.Length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"{known.Cached.Length} bytes");
        Make(known, new(++_last, offset, bytes.ToArray()));
    }

    public byte[]? Read(string file) => _seen.TryGetValue(file, out var known) ? [.. known.Cached] : null;

    public void Truncate(string file, long length)
    {
        if (_seen.TryGetValue(file, out var known) && length < known.Cached.Length)
            Make(known, new(++_last, length, null));
    }

    public void Sync(string file, Action done) =>
        _syncs.Enqueue((_seen.GetValueOrDefault(file), _last, done));

    public void Rename(string from, string to) => Name(new(++_last, from, to, _seen[from]));

    public void Delete(string file)
    {
        if (_seen.ContainsKey(file))
            Name(new(++_last, file, null, null));
    }

    /// <summary>Ends the sync that began first.</summary>
    public void FinishSync()
    {
        var (file, upTo, done) = _syncs.Dequeue();
        if (file is not null)
        {
            foreach (var change in file.Unsynced.TakeWhile(change => change.Number <= upTo))
                file.Durable = Applied(file.Durable, change);
            file.Unsynced.RemoveAll(change => change.Number <= upTo);
        }

        foreach (var naming in _unsynced.TakeWhile(naming => naming.Number <= upTo))
            Apply(_durable, naming);
        _unsynced.RemoveAll(naming => naming.Number <= upTo);
        done();
    }

    /// <summary>What is durable, byte by byte.</summary>
    public string Image => string.Join(
        '/', _durable.Select(file => $"{file.Key} {Convert.ToHexString(file.Value.Durable)}"));

    /// <summary>Every disk that a crash at this moment may leave.</summary>
    public IEnumerable<TearingDisk> Crashes()
    {
        for (var kept = 0; kept <= _unsynced.Count; kept++)
        {
            var names = new SortedDictionary<string, Content>(_durable, StringComparer.Ordinal);
            foreach (var naming in _unsynced.Take(kept))
                Apply(names, naming);
            IEnumerable<TearingDisk> disks = [new()];
            foreach (var (name, content) in names)
                disks = [.. disks.SelectMany(disk => Torn(content).Select(bytes => disk.With(name, bytes)))];
            foreach (var disk in disks)
                yield return disk;
        }
    }

    TearingDisk With(string name, byte[] bytes)
    {
        var disk = new TearingDisk();
        foreach (var (other, content) in _durable)
            disk.Keep(other, content.Durable);
        disk.Keep(name, bytes);
        return disk;
    }

    void Keep(string name, byte[] bytes) =>
        _seen[name] = _durable[name] = new() { Cached = bytes, Durable = bytes };

    static IEnumerable<byte[]> Torn(Content file)
    {
        yield return file.Durable;
        var whole = file.Durable;
        foreach (var change in file.Unsynced)
        {
            for (var kept = 1; kept < (change.Bytes?.Length ?? 0); kept++)
                yield return Applied(whole, change with { Bytes = change.Bytes![..kept] });
            yield return whole = Applied(whole, change);
        }
    }

    void Make(Content file, Change change)
    {
        file.Cached = Applied(file.Cached, change);
        file.Unsynced.Add(change);
    }

    static byte[] Applied(byte[] bytes, Change change)
    {
        if (change.Bytes is null)
            return bytes.Length <= change.Offset ? bytes : bytes[..(int)change.Offset];
        var after = new byte[Math.Max(bytes.Length, change.Offset + change.Bytes.Length)];
        bytes.CopyTo(after, 0);
        change.Bytes.CopyTo(after, change.Offset);
        return after;
    }

    void Name(Naming naming)
    {
        Apply(_seen, naming);
        _unsynced.Add(naming);
    }

    static void Apply(SortedDictionary<string, Content> names, Naming naming)
    {
        if (naming.Removed is not null)
            names.Remove(naming.Removed);
        if (naming.Added is not null)
            names[naming.Added] = naming.File!;
    }
}
