using System.Diagnostics;

namespace Steelyard.EmbeddedHost.Measuring;

/// <summary>
/// Measures one store: loads records in no order, updates records at random, reads single ones and ranges,
/// from the device and from memory, and tells after each what the kernel has counted meanwhile.
/// </summary>
internal sealed class StoreTrial
{
    const int ScanLength = 100;

    readonly HostOptions _options;
    readonly RecordPlan _plan;
    readonly string _folder;
    readonly int _batch;
    readonly int _reads;
    readonly TrialLines _lines;
    readonly BlockDevice? _device;
    IRecordStore _store;

    StoreTrial(HostOptions options)
    {
        _options = options;
        _plan = new(options.Number("seed"), options.Number("records"), options.Number("value"));
        (_folder, _batch, _reads) = (options["folder"], options.Number("batch"), options.Number("reads"));
        _lines = new(Console.Out, 2 * _plan.Records + 4 * _reads);
        _device = BlockDevice.Of(_folder);
        _store = Opened();
    }

    /// <summary>Does it all.</summary>
    public static int Run(HostOptions options)
    {
        var trial = new StoreTrial(options);
        try
        {
            trial.RunAll();
        }
        finally
        {
            trial._store.Dispose();
        }

        return 0;
    }

    void RunAll()
    {
        Write("load", _plan.Key);
        Write("update", record => _plan.Key(_plan.Drawn(1, record)));
        foreach (var (suffix, isCold) in new[] { ("cold", true), ("warm", false) })
        {
            Reopen(isCold);
            Measure($"read-{suffix}", _reads, read => Read(_plan.Key(_plan.Drawn(2, read))), null);
        }

        var scans = Math.Max(1, _reads / ScanLength);
        foreach (var (suffix, isCold) in new[] { ("cold", true), ("warm", false) })
        {
            Reopen(isCold);
            Measure(
                $"scan-{suffix}", scans, scan => _store.Scan(_plan.Key(_plan.Drawn(3, scan)), ScanLength),
                null);
        }
    }

    void Write(string phase, Func<int, byte[]> keyOf)
    {
        var batches = (_plan.Records + _batch - 1) / _batch;
        var values = (long)phase.Length << 40;
        Measure(
            phase, batches,
            number =>
            {
                var first = number * _batch;
                var records = Enumerable.Range(first, Math.Min(_batch, _plan.Records - first));
                (byte[], byte[])[] batch =
                    [.. records.Select(record => (keyOf(record), _plan.Value(values + record)))];
                _store.Write(batch);
                return (long)batch.Length * _plan.RecordBytes;
            },
            _store.Settle);
    }

    long Read(byte[] key) => _store.Read(key) is >= 0 and var bytes
        ? RecordPlan.KeyBytes + bytes
        : throw new InvalidOperationException("a record that was written is not there");

    // What the store has put off belongs to what it was asked: it is counted, but nobody waits for it.
    void Measure(string phase, int steps, Func<int, long> step, Action? settle)
    {
        var (before, own, onDevice, bytes, watch) =
            (KernelCounts.Now(), _store.OwnCounts(), _device?.Written, 0L, Stopwatch.StartNew());
        for (var done = 0; done < steps; done++)
        {
            bytes += step(done);
            _lines.Progress(bytes / _plan.RecordBytes);
        }

        var took = watch.Elapsed;
        settle?.Invoke();
        var after = _store.OwnCounts();
        _lines.Phase(
            phase, bytes / _plan.RecordBytes, bytes, took, KernelCounts.Now() - before,
            _device?.Written - onDevice,
            after.ToDictionary(
                count => count.Key, count => count.Value - own.GetValueOrDefault(count.Key),
                StringComparer.Ordinal),
            Directory.EnumerateFiles(_folder).Sum(file => new FileInfo(file).Length));
    }

    // Cold is what a machine has after its start: the files, and nothing of them in memory. Warm, the same
    // is asked again as was just read.
    void Reopen(bool isCold)
    {
        if (!isCold)
            return;
        _store.Dispose();
        PageCache.Forget(_folder);
        _store = Opened();
    }

    IRecordStore Opened() => RecordStores.Open(
        _options["store"], _folder, _options.Number("memory"), (long)_plan.Records * _plan.RecordBytes);
}
