using Steelyard.Analysis.Measurements;
using Steelyard.Designs.Architecture.Running;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What a part did while requests were due, over all its instances.</summary>
internal sealed class PartFigures
{
    /// <summary>In so many stretches a load is told apart where it changes.</summary>
    public const int Stretches = 20;

    const double NsPerSecond = 1e9;

    readonly IReadOnlyList<InstanceMeter> _meters;
    readonly int _windows;

    public PartFigures(ArchitectureAccount account, Part part)
    {
        Part = part;
        _meters = account.MetersOf(part.Name);
        var windowNs = _meters[0].WindowNs;
        _windows = Math.Min((int)(account.LoadNs / windowNs), _meters[0].Windows.Count);
        Seconds = _windows * (windowNs / NsPerSecond);
        WindowSeconds = windowNs / NsPerSecond;
        Times = new(significantDigits: 2);
        foreach (var meter in _meters)
            Times.Merge(meter.Times);
    }

    /// <summary>The part.</summary>
    public Part Part { get; }

    /// <summary>The length of the load in whole windows, in s.</summary>
    public double Seconds { get; }

    /// <summary>How many windows the run has, and how many of these are of the load.</summary>
    public int Windows => _meters[0].Windows.Count;

    /// <inheritdoc cref="Windows"/>
    public int LoadWindows => _windows;

    /// <summary>The length of a window, in s.</summary>
    public double WindowSeconds { get; }

    /// <summary>Time from arrival to answer, of an instance.</summary>
    public LatencyHistogram Times { get; }

    /// <summary>Requests that came.</summary>
    public long Came => Sum(meter => meter.Came);

    /// <summary>Requests that were answered well.</summary>
    public long Answered => Sum(meter => meter.AnsweredWell);

    /// <summary>Mean number of workers at work.</summary>
    public double Working => Mean(window => window.WorkingNs);

    /// <summary>Mean number of requests that waited.</summary>
    public double Waiting => Mean(window => window.WaitingNs);

    /// <summary>Mean number of instances that were there.</summary>
    public double There => Mean(window => window.ThereNs);

    /// <summary>How long no instance was there, in s.</summary>
    public double WithoutAnySeconds
    {
        get
        {
            var there = LoadCurve(window => window.ThereNs);
            return there.Sum(mean => Math.Max(0, 1 - mean)) * WindowSeconds;
        }
    }

    /// <summary>The share of its workers' time that they were at work; null where it has no limit of
    /// workers.</summary>
    public double? Utilisation =>
        Part.Servers is { } workers && There > 0 ? Working / (workers * There) : null;

    /// <summary>The most utilised instance's utilisation.</summary>
    public double? MostUtilised => Part.Servers is not { } workers ? null : _meters.Max(meter =>
    {
        var (working, there) = (0.0, 0.0);
        foreach (var window in meter.Windows.Take(_windows))
            (working, there) = (working + window.WorkingNs, there + window.ThereNs);
        return there > 0 ? working / (workers * there) : 0;
    });

    /// <summary>The utilisation in the busiest stretch, of workers that had started; null where there is no
    /// limit of them.</summary>
    public double? PeakUtilisation => Part.Servers is null ? null : Peak(_meters);

    /// <summary>The same of the instance that was busiest.</summary>
    public double? PeakOfMostUtilised => Part.Servers is null ? null : _meters.Max(meter => Peak([meter]));

    /// <summary>The most that ever waited at an instance.</summary>
    public int MostWaiting => _meters.Max(meter => meter.MostWaiting);

    /// <summary>Calls that ended in a way.</summary>
    public long Ended(CallStatus status) => Sum(meter => meter.Ended[(int)status]);

    /// <summary>What seldom happens, counted where it did: an id, words and how often.</summary>
    public IEnumerable<(string Id, string Words, long Count)> Counts =>
        new (string Id, string Words, long Count)[]
        {
            ("refused", "refused or shed", Ended(CallStatus.Full) + Ended(CallStatus.Shed)
                + Ended(CallStatus.Limited)),
            ("expired", "dropped in line, for nobody waited", Sum(meter => meter.ExpiredInLine)),
            ("dead-letters", "messages nobody could process", Sum(meter => meter.DeadLetters)),
            ("dropped", "messages dropped, for it was full", Sum(meter => meter.Dropped)),
            ("spilled", "messages that went by its disk", Sum(meter => meter.Spilled)),
            ("stalls", "writes that waited for compaction", (long)OfDisks(disk => disk.Stalls)),
            ("cold-starts", "requests that waited for a worker to start",
                Part.IsAdded ? 0 : Sum(meter => meter.ColdStarts)),
            ("out-of-memory", "times out of memory", Sum(meter => meter.OutOfMemory)),
        }.Where(one => one.Count > 0);

    /// <summary>A count over all instances.</summary>
    public long Sum(Func<InstanceMeter, long> count) => _meters.Sum(count);

    /// <summary>A curve over windows of time: the mean over each, summed up over instances.</summary>
    public IReadOnlyList<double> Curve(Func<MeterWindow, double> areaNs) =>
    [
        .. Enumerable.Range(0, _meters[0].Windows.Count).Select(at =>
            _meters.Sum(meter => areaNs(meter.Windows[at])) / (WindowSeconds * NsPerSecond)),
    ];

    /// <summary>Requests that came in each window, a second.</summary>
    public IReadOnlyList<double> CameCurve() =>
    [
        .. Enumerable.Range(0, _meters[0].Windows.Count).Select(at =>
            _meters.Sum(meter => meter.Windows[at].Came) / WindowSeconds),
    ];

    /// <summary>Requests that came a second, in the worst window of the load.</summary>
    public double MostCamePerSecond => CameCurve().Take(_windows).DefaultIfEmpty(0).Max();

    /// <summary>From when a queue took a message to when that was processed.</summary>
    public LatencyHistogram Deliveries
    {
        get
        {
            var all = new LatencyHistogram(significantDigits: 2);
            foreach (var meter in _meters)
                all.Merge(meter.Deliveries);
            return all;
        }
    }

    /// <summary>A figure of its disks over all its instances.</summary>
    public double OfDisks(Func<DiskMeter, double> figure) => _meters.Sum(meter => figure(meter.Disk));

    /// <summary>The share of the load that its busiest disk was at work.</summary>
    public double DiskUtilisation =>
        Seconds > 0 ? _meters.Max(meter => meter.Disk.Busy.Ns) / (Seconds * NsPerSecond) : 0;

    /// <summary>The share of requests that found no worker idle, in each window of the load in which one
    /// came.</summary>
    public IReadOnlyList<double> HadToWaitCurve()
    {
        var shares = new List<double>();
        for (var at = 0; at < _windows; at++)
        {
            var came = _meters.Sum(meter => meter.Windows[at].Came);
            if (came > 0)
                shares.Add((double)_meters.Sum(meter => meter.Windows[at].HadToWait) / came);
        }

        return shares;
    }

    /// <summary>A curve over the load alone.</summary>
    public IReadOnlyList<double> LoadCurve(Func<MeterWindow, double> areaNs) =>
        [.. Curve(areaNs).Take(_windows)];

    double Peak(IReadOnlyList<InstanceMeter> meters)
    {
        var (length, most) = (Math.Max(1, _windows / Stretches), 0.0);
        for (var from = 0; from + length <= _windows; from += length)
        {
            var windows = meters.SelectMany(meter => meter.Windows.Skip(from).Take(length)).ToList();
            var ready = windows.Sum(window => window.ReadyNs);
            if (ready > 0)
                most = Math.Max(
                    most, windows.Sum(window => window.WorkingNs) / (Part.Servers!.Value * ready));
        }

        return most;
    }

    double Mean(Func<MeterWindow, double> areaNs)
    {
        if (_windows == 0)
            return 0;
        var sum = 0.0;
        foreach (var meter in _meters)
            for (var at = 0; at < _windows; at++)
                sum += areaNs(meter.Windows[at]);
        return sum / (Seconds * NsPerSecond);
    }
}
