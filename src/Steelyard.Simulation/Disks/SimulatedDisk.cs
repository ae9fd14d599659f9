using Steelyard.Simulation.Endpoints;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Disks;

/// <summary>
/// A disk behind a page cache. Writes are seen at once and durable at the end of a sync that began after
/// them; a crash takes the rest. A sync also commits all earlier changes of names, as journalling file
/// systems do, and syncs end in the order they began.
/// </summary>
internal sealed class SimulatedDisk(NodeHost owner, LatencyDistribution syncTime, SeededRandom random) : IDisk
{
    const int SlowFactor = 100;
    const int FlippedBits = 8;

    sealed record PendingSync(SimulatedFile? File, long UpTo, Action Done);

    readonly FileNames _names = new();
    long _changes;
    long _syncedUntilNs;

    // Faults in force, and writes that are still to go astray.
    readonly List<EffectMark> _full = [];
    readonly List<EffectMark> _slow = [];
    readonly Queue<EffectMark> _misdirected = [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [.. _names.Seen.Keys];

    /// <inheritdoc/>
    public void Append(string file, ReadOnlySpan<byte> bytes) =>
        Store(file, _names.Seen.TryGetValue(file, out var known) ? known.Length : 0, bytes);

    /// <inheritdoc/>
    public void Write(string file, long offset, ReadOnlySpan<byte> bytes)
    {
        var length = _names.Seen.TryGetValue(file, out var known) ? known.Length : 0;
        if (offset < 0 || offset > length)
            throw new ArgumentOutOfRangeException(
                nameof(offset), offset,
                    $"{file} has {length} bytes; a write begins within them or at their end");
        Store(file, offset, bytes);
    }

    /// <inheritdoc/>
    public byte[]? Read(string file) =>
        _names.Seen.TryGetValue(file, out var known) ? known.Content.ToArray() : null;

    /// <inheritdoc/>
    public int Read(string file, long offset, Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (!_names.Seen.TryGetValue(file, out var known) || offset >= known.Length)
            return 0;
        var count = (int)Math.Min(into.Length, known.Length - offset);
        known.Content.Read((int)offset, into[..count]);
        return count;
    }

    /// <inheritdoc/>
    public void Truncate(string file, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (_names.Seen.TryGetValue(file, out var known) && length < known.Length)
            known.Change(new(++_changes, length, null));
    }

    /// <inheritdoc/>
    public void Sync(string file, Action done)
    {
        var scheduler = owner.Scheduler;
        scheduler.MustRunHere();
        _names.Seen.TryGetValue(file, out var known);
        var takesNs = syncTime.SampleNs(random);
        if (_slow.Count > 0)
        {
            takesNs *= SlowFactor;
            _slow.ForEach(static slow => slow.Set());
        }

        _syncedUntilNs = Math.Max(_syncedUntilNs, scheduler.NowNs + takesNs);
        scheduler.At(
            _syncedUntilNs,
            new()
            {
                Kind = EventKind.Synced,
                To = new(owner.Index),
                Stamp = owner.Incarnation,
                Subject = new PendingSync(known, _changes, done),
            });
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        if (!_names.Seen.TryGetValue(from, out var known))
            throw new FileNotFoundException($"there is no file {from} to rename to {to}");
        _names.Change(new(++_changes, from, to, known));
    }

    /// <inheritdoc/>
    public void Delete(string file)
    {
        if (_names.Seen.ContainsKey(file))
            _names.Change(new(++_changes, file, null, null));
    }

    /// <summary>A sync is done: what was written before it began is durable.</summary>
    public void Finish(in Event synced)
    {
        var sync = (PendingSync)synced.Subject!;
        sync.File?.Sync(sync.UpTo);
        _names.Sync(sync.UpTo);
    }

    /// <summary>Tells the node of a sync that is done.</summary>
    public static void Tell(in Event synced) => ((PendingSync)synced.Subject!).Done();

    /// <summary>Takes what was not synced; torn, a random first part of it survives.</summary>
    public void Crash(bool torn)
    {
        // A file whose last name is not durable is reached by no name afterwards, and so is gone.
        foreach (var file in _names.Seen.Values)
            file.Crash(torn ? random.NextLong(file.UnsyncedWeight + 1) : 0);
        _names.Crash(torn ? random.Next(_names.Unsynced + 1) : 0);
        foreach (var file in _names.Seen.Values)
            file.Crash(0);
        _syncedUntilNs = 0;
    }

    /// <summary>Takes everything.</summary>
    /// <returns>False when there was nothing.</returns>
    public bool Wipe()
    {
        var hadFiles = _names.Seen.Count > 0;
        _names.Clear();
        return hadFiles;
    }

    /// <summary>Leaves no room: writes are refused.</summary>
    /// <returns>What ends it.</returns>
    public Action Fill(EffectMark effect) => Begin(_full, effect);

    /// <summary>Makes syncs slow.</summary>
    /// <returns>What ends it.</returns>
    public Action Slow(EffectMark effect) => Begin(_slow, effect);

    /// <summary>Lets the next write land elsewhere.</summary>
    public void MisdirectNext(EffectMark effect) => _misdirected.Enqueue(effect);

    static Action Begin(List<EffectMark> inForce, EffectMark effect)
    {
        inForce.Add(effect);
        return () => inForce.Remove(effect);
    }

    void Store(string file, long offset, ReadOnlySpan<byte> bytes)
    {
        if (_full.Count > 0)
        {
            _full.ForEach(static full => full.Set());
            throw new DiskFullException(file);
        }

        if (!_names.Seen.TryGetValue(file, out var known))
        {
            known = new();
            _names.Change(new(++_changes, null, file, known));
        }

        if (_misdirected.Count > 0 && known.Length > 0)
            Misdirect(known, offset, bytes);
        else
            known.Change(new(++_changes, offset, bytes.ToArray()));
    }

    // The file has the length it should have, but the bytes lie elsewhere in it; what they should replace is
    // still there.
    void Misdirect(SimulatedFile file, long offset, ReadOnlySpan<byte> bytes)
    {
        _misdirected.Dequeue().Set();
        var end = offset + bytes.Length;
        if (end > file.Length)
            file.Change(new(++_changes, file.Length, new byte[end - file.Length]));
        var elsewhere = random.NextLong(Math.Max(1, file.Length - bytes.Length));
        file.Change(new(++_changes, elsewhere == offset ? 0 : elsewhere, bytes.ToArray()));
    }

    /// <summary>Flips bits of a file, where there is one that was synced.</summary>
    public void Corrupt(EffectMark effect)
    {
        var files = _names.Seen.Values.Where(file => file.DurableLength > 0).ToList();
        if (files.Count == 0)
            return;
        var file = random.Choose(files);
        effect.Set();
        for (var i = 0; i < FlippedBits; i++)
            file.FlipBit(random.Next(file.DurableLength), random.Next(8));
    }
}
