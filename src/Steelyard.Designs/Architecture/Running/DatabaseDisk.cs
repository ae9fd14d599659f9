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
    readonly BusyTime _busy;
    readonly double _bytesPerNs;
    readonly Queue<(long Bytes, Action Done)> _stalled = new();
    long _busyUntilNs = long.MinValue;
    double _debtBytes;
    bool _isCompacting;

    public DatabaseDisk(DatabasePart part, INodeWorld world, BusyTime busy)
    {
        (_part, _world, _busy) = (part, world, busy);
        _bytesPerNs = part.DiskMegabytes * Million / 1e9;
    }

    /// <summary>Bytes that wait for compaction.</summary>
    public double DebtBytes => _debtBytes;

    /// <summary>How often a write stalled.</summary>
    public long Stalls { get; private set; }

    bool IsLsm => _part.Engine == DatabasePart.Lsm;

    /// <summary>Reads a row.</summary>
    public void Read(Action done)
    {
        // A run of an LSM tree that has not the row is nearly always ruled out by its filter.
        if (_part.Engine == DatabasePart.NoEngine || _world.Random.Chance(_part.Cached))
            done();
        else
            Transfer(IsLsm ? _part.PageBytes * (1 + (0.01 * (_part.Levels - 1))) : _part.PageBytes, done);
    }

    /// <summary>Writes rows.</summary>
    public void Write(int rows, Action done)
    {
        if (_part.Engine == DatabasePart.NoEngine)
            done();
        else if (!IsLsm)
            Transfer((double)rows * _part.PageBytes, done);
        else if (_debtBytes > _part.DebtMegabytes * Million)
            Stall(rows, done);
        else
            Append(rows, done);
    }

    void Append(int rows, Action done)
    {
        double bytes = (double)rows * _part.RowBytes;
        // The log is a part of what is written for each row; the rest is compaction's.
        _debtBytes += bytes * (Amplification.LeveledWritesAtMost(_part.Levels, _part.Growth) - 1);
        Transfer(bytes, done);
        if (!_isCompacting)
            Compact();
    }

    void Stall(int rows, Action done)
    {
        Stalls++;
        _stalled.Enqueue((rows, done));
    }

    void Compact()
    {
        _isCompacting = _debtBytes > 0;
        if (!_isCompacting)
            return;
        var bytes = Math.Min(ChunkBytes, _debtBytes);
        Transfer(bytes, () =>
        {
            _debtBytes -= bytes;
            while (_stalled.Count > 0 && _debtBytes <= _part.DebtMegabytes * Million)
            {
                var (rows, done) = _stalled.Dequeue();
                Append((int)rows, done);
            }

            Compact();
        });
    }

    void Transfer(double bytes, Action done)
    {
        var nowNs = _world.Clock.GetTimestamp();
        var beginsNs = Math.Max(_busyUntilNs, nowNs);
        _busyUntilNs = beginsNs + (long)(bytes / _bytesPerNs);
        _busy.WillBe(beginsNs - nowNs, _busyUntilNs - beginsNs);
        _world.SetTimer(TimeSpan.FromTicks((_busyUntilNs - nowNs + 99) / 100), done);
    }
}
