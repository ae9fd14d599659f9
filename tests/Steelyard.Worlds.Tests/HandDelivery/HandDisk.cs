using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Tests.HandDelivery;

/// <summary>Files in memory. A sync is done when the test lets it, and a crash drops what was not
/// synced.</summary>
sealed class HandDisk : IDisk
{
    readonly Queue<(string File, Action Done)> _syncs = new();
    SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    SortedDictionary<string, byte[]> _synced = new(StringComparer.Ordinal);

    /// <summary>True while syncs wait.</summary>
    public bool IsHeld { get; set; }

    public IReadOnlyList<string> Files => [.. _files.Keys];

    public void Append(string file, ReadOnlySpan<byte> bytes) =>
        Write(file, _files.GetValueOrDefault(file)?.Length ?? 0, bytes);

    public void Write(string file, long offset, ReadOnlySpan<byte> bytes)
    {
        var content = _files.GetValueOrDefault(file) ?? [];
        var changed = new byte[Math.Max(content.Length, offset + bytes.Length)];
        content.CopyTo(changed, 0);
        bytes.CopyTo(changed.AsSpan((int)offset));
        _files[file] = changed;
    }

    public byte[]? Read(string file) => _files.GetValueOrDefault(file);

    public void Truncate(string file, long length) => _files[file] = _files[file][..(int)length];

    public void Sync(string file, Action done) => _syncs.Enqueue((file, done));

    public void Rename(string from, string to)
    {
        _files[to] = _files[from];
        _files.Remove(from);
    }

    public void Delete(string file) => _files.Remove(file);

    /// <summary>Does what syncs are due; says whether there were any.</summary>
    public bool Work()
    {
        if (IsHeld || !_syncs.TryDequeue(out var sync))
            return false;
        // The order of files reaches nothing here: all that is durable of the others stays as it was.
        if (_files.TryGetValue(sync.File, out var content))
            _synced[sync.File] = content;
        sync.Done();
        return true;
    }

    /// <summary>What a crash leaves.</summary>
    public void Crash()
    {
        _syncs.Clear();
        _files = new(_synced, StringComparer.Ordinal);
    }

    /// <summary>Loses what was written and synced, and keeps the trace that it was.</summary>
    public void LoseJournal()
    {
        _files.Remove("journal");
        _synced = new(_files, StringComparer.Ordinal);
    }
}
