using Steelyard.Analysis.Laws.Storage;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>
/// The disk under a database: one transfer after the other. A B-tree writes a page for each row that changes;
/// an LSM tree writes the row to its log and pays for the levels below later, in the background: what waits
/// for that is debt, and too much of it stalls writes.
/// </summary>
internal sealed class DatabaseDisk
{
    const long ChunkBytes = 1 << 20;
    const double Million = 1e6;

    readonly DatabasePart _part;
    readonly INodeWorld _world;
    readonly Disk _disk;
    readonly DiskMeter _meter;
    readonly InstanceContext _context;
    readonly Queue<(int Rows, long SinceNs, Action Done)> _stalled = new();
    double _debtBytes;
    bool _isCompacting;

    public DatabaseDisk(DatabasePart part, InstanceContext context)
    {
        (_part, _context, _world, _meter) = (part, context, context.World, context.Meter.Disk);
        _disk = new(context, part.DiskMegabytes);
    }

    bool IsLsm => _part.Engine == DatabasePart.Lsm;

    /// <summary>Reads a row.</summary>
    public void Read(Action done)
    {
        // A run of an LSM tree that has not the row is nearly always ruled out by its filter.
        if (_part.Engine == DatabasePart.NoEngine || _world.Random.Chance(_part.Cached))
            done();
        else
            WaitFor(_disk.Transfer(_part.PageBytes * (IsLsm ? 1 + (0.01 * (_part.Levels - 1)) : 1), done));
    }

    /// <summary>Writes rows.</summary>
    public void Write(int rows, Action done)
    {
        if (_part.Engine == DatabasePart.NoEngine)
            done();
        else if (!IsLsm)
            WritePages(rows, done);
        else if (_debtBytes > _part.DebtMegabytes * Million)
            Stall(rows, done);
        else
            Append(rows, done);
    }

    /// <summary>Reads or writes rows that move from shard to shard, whatever the engine.</summary>
    public void Move(double bytes, Action done) => _ = _disk.Transfer(bytes, done);

    void WritePages(int rows, Action done)
    {
        _meter.WroteRows((double)rows * _part.RowBytes);
        WaitFor(Write((double)rows * _part.PageBytes, done));
    }

    void Append(int rows, Action done)
    {
        var bytes = (double)rows * _part.RowBytes;
        _meter.WroteRows(bytes);
        // The log is a part of what is written for each row; the rest is compaction's.
        _debtBytes += bytes * (Amplification.LeveledWritesAtMost(_part.Levels, _part.Growth) - 1);
        _meter.Owes(_debtBytes);
        WaitFor(Write(bytes, done));
        if (!_isCompacting)
            Compact();
    }

    void Stall(int rows, Action done)
    {
        _meter.Stalled();
        _stalled.Enqueue((rows, _context.Account.NowNs, done));
    }

    void Compact()
    {
        _isCompacting = _debtBytes > 0;
        if (!_isCompacting)
            return;
        var bytes = Math.Min(ChunkBytes, _debtBytes);
        _ = Write(bytes, () =>
        {
            _debtBytes -= bytes;
            while (_stalled.Count > 0 && _debtBytes <= _part.DebtMegabytes * Million)
            {
                var (rows, sinceNs, done) = _stalled.Dequeue();
                WaitFor(_context.Account.NowNs - sinceNs);
                Append(rows, done);
            }

            Compact();
        });
    }

    long Write(double bytes, Action done)
    {
        _meter.Wrote(bytes);
        return _disk.Transfer(bytes, done);
    }

    // A worker does.
    void WaitFor(long ns) => _context.Meter.Database.WaitedForDisk(ns);
}

/// <summary>A disk: one transfer after the other, as fast as it is.</summary>
internal sealed class Disk(InstanceContext context, int megabytesPerSecond)
{
    readonly double _bytesPerNs = megabytesPerSecond * 1e6 / 1e9;
    long _busyUntilNs = long.MinValue;

    /// <summary>Reads or writes so many bytes, after what it was told before.</summary>
    /// <returns>How long that takes from now on, in ns.</returns>
    public long Transfer(double bytes, Action done)
    {
        var nowNs = context.World.Clock.GetTimestamp();
        var beginsNs = Math.Max(_busyUntilNs, nowNs);
        _busyUntilNs = beginsNs + (long)(bytes / _bytesPerNs);
        context.Meter.Disk.Busy.WillBe(beginsNs - nowNs, _busyUntilNs - beginsNs);
        context.World.SetTimer(TimeSpan.FromTicks((_busyUntilNs - nowNs + 99) / 100), done);
        return _busyUntilNs - nowNs;
    }
}
