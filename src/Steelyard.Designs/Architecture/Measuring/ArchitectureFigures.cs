using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Histories.Measuring;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>The figures of a run of an architecture, besides those that every run has.</summary>
internal sealed class ArchitectureFigures
{
    static readonly (string Name, double Share)[] s_quantiles =
        [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999)];

    readonly ArchitectureAccount _account;
    readonly SteadyState _steady;
    readonly List<Measurement> _all = [];

    ArchitectureFigures(ArchitectureAccount account)
    {
        _account = account;
        _steady = account.SteadyState;
        AddLatency();
        if (PushOutcome.Of(account) is { } outcome)
            _all.AddRange(outcome.Measurements(account.Counted.Due));
        foreach (var (measured, interval) in EffectFigures.Of(account))
            Add(measured, interval);
        AddCost();
        AddJobs();
        foreach (var part in account.Graph.Parts.Where(part => part is { IsSource: false, IsAdded: false }))
            AddPart(account.FiguresOf(part));
        AddCalls();
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Measurement> Of(ArchitectureAccount account) =>
        new ArchitectureFigures(account)._all;

    void AddLatency()
    {
        var counted = _account.Counted;
        Add("latency-mean", counted.Latencies.MeanNs / 1e6, "ms", Direction.LessIsBetter, counted.Answered,
            "Latency, mean", _steady.Mean);
        foreach (var (name, share) in s_quantiles)
            Add($"latency-{name}", counted.Latencies.PercentileNs(share) / 1e6, "ms", Direction.LessIsBetter,
                counted.Answered, $"Latency, {name}", () => _steady.Quantile(_account.Latencies, share));
        var inTime = counted.Windows.Sum(window => window.Counts.Answered);
        var seconds = _account.LoadNs / 1e9;
        Add("goodput", inTime / seconds, "1/s", Direction.MoreIsBetter, inTime,
            "Requests answered in time, a second of the load");
    }

    void AddCost()
    {
        var perHour = CostFigures.PerHour(_account);
        if (perHour == 0)
            return;
        var answered = _account.Counted.Answered;
        var seconds = _account.Graph.Duration.TotalSeconds;
        Add("cost", perHour, "money/h", Direction.LessIsBetter, answered, "Cost an hour",
            () => CostFigures.Interval(_account, _steady));
        Add("cost-per-million", perHour / 3600 * seconds / answered * 1e6, "money", Direction.LessIsBetter,
            answered, "Cost of a million answers");
    }

    void AddJobs()
    {
        foreach (var job in _account.Graph.Parts.OfType<Parts.JobPart>())
        {
            var meter = _account.MetersOf(job.Name)[0];
            Add($"{job.Name}-done-again", meter.DoneAgain, "records", Direction.LessIsBetter, job.Records,
                $"{job.Name}: records done again, after a crash");
            Add($"{job.Name}-checkpoints", meter.Checkpoints, "checkpoints", Direction.Neither, job.Records,
                $"{job.Name}: checkpoints");
        }
    }

    void AddPart(PartFigures part)
    {
        var name = part.Part.Name;
        Add($"{name}-rate", part.Came / Math.Max(part.Seconds, 1e-9), "1/s", Direction.Neither, part.Came,
            $"{name}: requests a second, mean");
        Add($"{name}-rate-most", part.MostCamePerSecond, "1/s", Direction.Neither, part.Came,
            FormattableString.Invariant(
                $"{name}: requests a second, in the {part.WindowSeconds:0.###} s with most"));
        if (part.Utilisation is { } used)
            Add($"{name}-utilisation", used, "share", Direction.Neither, part.Came,
                $"{name}: workers at work",
                () => Scaled(_steady.Of(part.LoadCurve(window => window.WorkingNs)), used / part.Working));
        if (part.Part.Servers is not null && part.Came > 0)
            Add($"{name}-had-to-wait", (double)part.Sum(meter => meter.HadToWait) / part.Came, "share",
                Direction.LessIsBetter, part.Came, $"{name}: requests that found no worker idle",
                () => _steady.Of(part.HadToWaitCurve()));
        if (part.Part.Servers is not null && part.Part.MostInstances > 1)
            Add($"{name}-utilisation-most", part.MostUtilised!.Value, "share", Direction.Neither, part.Came,
                $"{name}: the same, busiest instance");
        Add($"{name}-waiting", part.Waiting, "requests", Direction.LessIsBetter, part.Came,
            $"{name}: requests in line, mean",
            () => _steady.Of(part.LoadCurve(window => window.WaitingNs)));
        Add($"{name}-there", part.Working + part.Waiting, "requests", Direction.Neither, part.Came,
            $"{name}: requests there, mean",
            () => _steady.Of(part.LoadCurve(window => window.WorkingNs + window.WaitingNs)));
        if (part.Times.Count > 0)
            Add($"{name}-time", part.Times.MeanNs / 1e6, "ms", Direction.LessIsBetter, part.Times.Count,
                $"{name}: time at an instance, mean");
        if (part.Part.MostInstances != part.Part.AtStart || part.There < part.Part.MostInstances - 1e-6)
            Add($"{name}-instances", part.There, "instances", Direction.LessIsBetter, part.Came,
                $"{name}: instances, mean");
        if (part.Part is Parts.ServicePart { Scale: not null })
            Add($"{name}-turns", Turns(name), "turns", Direction.LessIsBetter, part.Came,
                $"{name}: times scaling turned about");
        var (hits, misses) = (part.Sum(meter => meter.Hits), part.Sum(meter => meter.Misses));
        if (hits + misses > 0)
            _all.Add(Measurement.ShareOf($"{name}-hit-ratio", hits, hits + misses) with
            {
                Words = $"{name}: requests it had the answer to",
            });
        AddAtNone(part, name);
        AddWaits(part, name);
        if (part.Part is DatabasePart { Rebalances: true } database)
            _all.AddRange(RebalanceFigures.Of(_account, database));
        AddDisk(part, name);
        AddDeliveries(part, name);
        AddRebuild(part, name);
        AddCount(part, name);
        AddCounts(part, name);
    }

    // Beside one that always has an instance.
    void AddAtNone(PartFigures part, string name)
    {
        if (part.Part is not ServicePart { MayBeNone: true })
            return;
        const double secondsPerHour = 3600;
        Add($"{name}-hours-saved", part.WithoutAnySeconds / secondsPerHour, "h", Direction.MoreIsBetter,
            part.Came, $"{name}: hours without an instance");
        var held = _account.FiguresOf(_account.Graph.PartOf(ActivatorPart.NameFor(name)));
        Add($"{name}-held", held.Sum(meter => meter.ColdStarts), "requests", Direction.LessIsBetter,
            part.Came, $"{name}: requests that came when there was no instance, or behind such ones");
        var waits = held.Deliveries;
        if (waits.Count > 0)
            Add($"{name}-held-p99", waits.PercentileNs(0.99) / 1e6, "ms", Direction.LessIsBetter,
                waits.Count, $"{name}: how long these waited for one, p99");
        AddCounts(held, $"{name}-activator");
    }

    void AddWaits(PartFigures part, string name)
    {
        if (DatabaseWaits.Of(_account, part.Part) is not { } waits)
            return;
        foreach (var (id, words, share) in waits.All.Where(one => one.Share > 0))
            Add($"{name}-waits-{id}", share, "share", Direction.LessIsBetter, part.Came,
                $"{name}: of their time, what workers wait for {words}");
    }

    void AddDisk(PartFigures part, string name)
    {
        if (part.DiskUtilisation == 0)
            return;
        Add($"{name}-disk-utilisation", part.DiskUtilisation, "share", Direction.Neither, part.Came,
            $"{name}: disk at work");
        if (part.OfDisks(disk => disk.RowBytes) is > 0 and var rows)
            Add($"{name}-write-amplification", part.OfDisks(disk => disk.WrittenBytes) / rows, "bytes",
                Direction.LessIsBetter, part.Came, $"{name}: bytes written for each byte of a row");
        if (part.OfDisks(disk => disk.MostDebtBytes) is > 0 and var debt)
            Add($"{name}-debt-most", debt / 1e6, "MB", Direction.LessIsBetter, part.Came,
                $"{name}: most that waited for compaction");
    }

    void AddDeliveries(PartFigures part, string name)
    {
        var deliveries = part.Deliveries;
        if (deliveries.Count == 0)
            return;
        Add($"{name}-delivery-mean", deliveries.MeanNs / 1e6, "ms", Direction.LessIsBetter, deliveries.Count,
            $"{name}: from taken to processed, mean");
        Add($"{name}-delivery-p99", deliveries.PercentileNs(0.99) / 1e6, "ms", Direction.LessIsBetter,
            deliveries.Count, $"{name}: from taken to processed, p99");
    }

    void AddRebuild(PartFigures part, string name)
    {
        var longest = _account.MetersOf(name).Max(meter => meter.RebuiltNs);
        if (longest is { } ns)
            Add($"{name}-rebuild-time", ns / 1e6, "ms", Direction.LessIsBetter, part.Came,
                $"{name}: how long it took to be made anew from its log");
    }

    // What is counted stands for all that was due.
    void AddCount(PartFigures part, string name)
    {
        if (part.Part is not ServicePart { Counts: > 0 and var each })
            return;
        var (counted, due) = (part.Sum(meter => meter.Items) * each, _account.Counted.Due);
        Add($"{name}-counted", counted, "requests", Direction.Neither, due,
            $"{name}: requests, as it counts them");
        Add($"{name}-count-off", due == 0 ? 0 : Math.Abs(counted - due) / due, "share",
            Direction.LessIsBetter, due, $"{name}: its count is off by");
    }

    // More after fewer, or fewer after more.
    int Turns(string part)
    {
        var steps = _account.Scalings.Where(step => step.Part == part).Select(step => step.Instances)
            .Prepend(_account.Graph.PartOf(part).AtStart).ToList();
        var ways = steps.Zip(steps.Skip(1), (from, to) => Math.Sign(to - from)).Where(way =>
            way != 0).ToList();
        return ways.Zip(ways.Skip(1)).Count(pair => pair.First != pair.Second);
    }

    void AddCounts(PartFigures part, string name)
    {
        if (part.Sum(meter => meter.SessionsLost) is > 0 and var lost)
            Add($"{name}-sessions-lost", lost, "sessions", Direction.LessIsBetter, part.Came,
                $"{name}: sessions lost with its memory, at all times");
        foreach (var (id, words, count) in part.Counts)
            Add($"{name}-{id}", count, "requests", Direction.LessIsBetter, part.Came, $"{name}: {words}");
    }

    void AddCalls()
    {
        foreach (var part in _account.Graph.Parts)
            for (var edge = 0; edge < part.Calls.Count; edge++)
                AddCall(part, part.Calls[edge], _account.CallsOf(part.Name, edge));
    }

    void AddCall(Part part, Edge edge, CallMeter calls)
    {
        if (calls.Calls == 0)
            return;
        var (id, words) = ($"{part.Name}-{edge.To}", $"{part.Name} to {edge.To}");
        if (edge.Retries > 0 || edge.Hedge is not null)
            Add($"{id}-attempts", (double)calls.Attempts / calls.Calls, "attempts", Direction.LessIsBetter,
                calls.Calls, $"{words}: attempts a call");
        if (calls.BreakerOpened > 0)
            Add($"{id}-breaker-opened", calls.BreakerOpened, "times", Direction.LessIsBetter, calls.Calls,
                $"{words}: times the breaker opened");
        if (calls.Calls > calls.Ends[0] + calls.Ends[1])
            Add($"{id}-failed", 1 - ((double)(calls.Ends[0] + calls.Ends[1]) / calls.Calls), "share",
                Direction.LessIsBetter, calls.Calls, $"{words}: calls without a good answer");
    }

    static ConfidenceInterval Scaled(ConfidenceInterval of, double by) =>
        of with { Low = of.Low * by, Estimate = of.Estimate * by, High = of.High * by };

    void Add(string id, double value, string unit, Direction direction, long samples, string words) =>
        _all.Add(new(id, value, unit, direction, samples) { Words = words });

    // What the run settles to takes the place of the whole run's figure, where it settles.
    void Add(
        string id, double value, string unit, Direction direction, long samples, string words,
        Func<ConfidenceInterval> interval) =>
        Add(new(id, value, unit, direction, samples) { Words = words }, interval);

    void Add(Measurement measured, Func<ConfidenceInterval>? interval)
    {
        if (interval is null)
        {
            _all.Add(measured);
            return;
        }

        if (_steady.WhyNone is { } why)
        {
            _all.Add(measured with { How = why });
            return;
        }

        // Nothing that is counted here can be below nothing, and no share above all; of what is not known
        // that says nothing.
        var found = interval();
        if (found.IsKnown)
            found = found.Within(0, measured.Unit == "share" ? 1 : double.PositiveInfinity);
        _all.Add(found.IsKnown
            ? measured with { Value = found.Estimate, Low = found.Low, High = found.High, How = found.How }
            : measured with { How = found.How });
    }
}
