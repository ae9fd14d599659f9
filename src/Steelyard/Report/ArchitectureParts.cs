using System.Globalization;
using Steelyard.Analysis.Measurements;
using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Report;

/// <summary>What the page shows of an architecture.</summary>
internal sealed class ArchitectureParts
{
    readonly ArchitectureAccount _account;
    readonly ArchitectureGraph _graph;
    readonly double _loadSeconds;

    ArchitectureParts(ArchitectureAccount account)
    {
        (_account, _graph) = (account, account.Graph);
        _loadSeconds = account.LoadNs / 1e9;
    }

    /// <summary>The account of a run of an architecture; null of any other.</summary>
    public static ArchitectureAccount? AccountOf(RunResult run) => run.World.Account as ArchitectureAccount;

    /// <summary>It as data; null for a run of anything else, and for one that ended before it
    /// began.</summary>
    public static ArchitectureData? Of(RunResult run) =>
        AccountOf(run) is { EndNs: > 0 } account ? new ArchitectureParts(account).Data() : null;

    /// <summary>What was run.</summary>
    public static IEnumerable<FactData> Facts(ArchitectureAccount account)
    {
        var graph = account.Graph;
        yield return new("requests", ReportParts.Count(account.Counted.Operations));
        foreach (var clients in graph.Parts.OfType<ClientsPart>())
            yield return new(clients.Name, clients.Population);
        foreach (var job in graph.Parts.OfType<JobPart>())
            yield return new(job.Name, job.Extent);
        yield return new("parts", $"{graph.Parts.Count(IsDrawn)}");
        yield return new("duration", Durations.Format(graph.Duration));
    }

    /// <summary>A push of the load stands among what was done on purpose; other pushes are faults
    /// already.</summary>
    public static IEnumerable<FaultWindowData> Pushes(RunResult run) =>
        AccountOf(run)?.Graph.Push is { IsOfLoad: true } push
            ? [new("load", push.Words, push.At.TotalSeconds, (push.At + push.For).TotalSeconds,
                Instant: false, HadEffect: null)]
            : [];

    // What scales a service is said with the service.
    static bool IsDrawn(Part part) => !part.IsAdded;

    ArchitectureData Data()
    {
        var found = _account.Bottleneck;
        var windows = _account.MetersOf(_graph.Parts[0].Name)[0];
        return new()
        {
            Bottleneck = [.. found.Sentences],
            BottleneckPart = found.First?.Part,
            BottleneckTo = found.First?.To,
            BottleneckWord = found.First is null ? null : found.IsNear ? "bottleneck" : "full first",
            IsNear = found.IsNear,
            Settled = Settled(_account.SteadyState),
            WindowSeconds = windows.WindowNs / 1e9,
            Starts =
            [
                .. Enumerable.Range(0, windows.Windows.Count)
                    .Select(at => Math.Round(at * (windows.WindowNs / 1e9), 6)),
            ],
            Parts = [.. _graph.Parts.Where(IsDrawn).Select(part => PartOf(_account.FiguresOf(part)))],
            Calls = [.. _graph.Parts.Where(IsDrawn).SelectMany(CallsOf).GroupBy(Alike).Select(Together)],
            Push = PushOf(),
            Effects = [.. EffectWords.Of(_account.Ledger)],
            Staleness = StalenessOf(),
            Cost = CostOf(),
        };
    }

    static string Settled(SteadyState steady) => steady switch
    {
        { WhyNone: { } why } => $"Figures have no interval: {why}",
        { Cut: { IsKnown: true, Cut: > 0 } cut } =>
            $"The first {ShareText.Percent((double)cut.Cut / cut.Of)} of the answers are the transient,"
            + " and were cut (MSER-5)",
        _ => PlainWords.Capitalized(steady.Cut.Sentence),
    };

    PartData PartOf(PartFigures figures)
    {
        var part = figures.Part;
        var there = figures.Curve(window => window.ThereNs);
        return new()
        {
            Name = part.Name,
            Kind = part.Kind,
            IsSource = part.IsSource,
            Size = part.Extent,
            Utilisation = part.Servers is { } servers && figures.There > 0
                ? Rounded(_account.SteadyState.MeanOf(figures.LoadCurve(window => window.WorkingNs))
                    / (servers * figures.There))
                : null,
            PerSecond = Rounded(figures.CameCurve().Take(figures.LoadWindows).DefaultIfEmpty(0).Average()),
            Waiting = Rounded(_account.SteadyState.MeanOf(figures.LoadCurve(window => window.WaitingNs))),
            TimeMs = figures.Times.Count > 0 ? Rounded(figures.Times.MeanNs / 1e6) : null,
            Notes =
            [
                .. HitsOf(figures),
                .. figures.Counts.Select(count => $"{ReportParts.Count(count.Count)} {count.Words}"),
            ],
            Came = Rounded(figures.CameCurve()),
            Working = Rounded(figures.Curve(window => window.WorkingNs)),
            Workers = part.Servers is { } workers
                ? Rounded(figures.Curve(window => window.ReadyNs * workers)) : null,
            Line = Rounded(figures.Curve(window => window.WaitingNs)),
            Instances = there.Any(count => Math.Abs(count - part.AtStart) > 1e-6) ? Rounded(there) : null,
            Wanted = part is ServicePart { Scale: not null } ? WantedOf(figures) : null,
            Needed = part is ServicePart { Scale: not null } ? NeededOf(figures) : null,
        };
    }

    static IEnumerable<string> HitsOf(PartFigures figures)
    {
        var hits = figures.Sum(meter => meter.Hits);
        var asked = hits + figures.Sum(meter => meter.Misses);
        return asked == 0 ? [] : [$"{ShareText.Percent((double)hits / asked)} hits"];
    }

    // As it stood at the end of each window.
    List<double> WantedOf(PartFigures figures)
    {
        var steps = _account.Scalings.Where(step => step.Part == figures.Part.Name).ToList();
        var (wanted, next, curve) = (figures.Part.AtStart, 0, new List<double>());
        for (var window = 1; window <= figures.Windows; window++)
        {
            while (next < steps.Count && steps[next].TimeNs < window * figures.WindowSeconds * 1e9)
                wanted = steps[next++].Instances;
            curve.Add(wanted);
        }

        return curve;
    }

    // Each request takes as many seconds of a worker as the run's requests did.
    IReadOnlyList<double> NeededOf(PartFigures figures)
    {
        var workedSeconds = figures.Sum(meter => (long)meter.WorkedNs) / 1e9;
        var each = figures.Answered == 0 ? 0 : workedSeconds / figures.Answered;
        return Rounded(figures.CameCurve().Select(came => came * each / figures.Part.Servers!.Value));
    }

    // One after the other to the same part is one arrow; a pool is each call's own.
    static (string From, string To, string Traits, bool HasPool) Alike(CallData call) =>
        (call.From, call.To, string.Join(' ', call.Traits), call.Pool is not null);

    static CallData Together(IEnumerable<CallData> alike)
    {
        var calls = alike.ToList();
        var perSecond = calls.Sum(call => call.PerSecond);
        return calls is [var one] ? one : calls[0] with
        {
            PerSecond = Rounded(perSecond),
            Attempts = Rounded(Mean(call => call.Attempts, ifNone: 1)),
            Failed = Rounded(Mean(call => call.Failed, ifNone: 0)),
            Pool = calls[0].Pool is null ? null : calls.Max(call => call.Pool),
            Traits = [.. calls[0].Traits, $"{calls.Count} in turn"],
        };

        double Mean(Func<CallData, double> of, double ifNone) => perSecond == 0 ? ifNone
            : calls.Sum(call => call.PerSecond * of(call)) / perSecond;
    }

    IEnumerable<CallData> CallsOf(Part part) => part.Calls.Select((edge, at) =>
    {
        var calls = _account.CallsOf(part.Name, at);
        var ended = calls.Ends.Sum();
        return new CallData(
            part.Name, edge.To, Rounded(calls.Calls / _loadSeconds),
            calls.Calls == 0 ? 1 : Rounded((double)calls.Attempts / calls.Calls),
            ended == 0 ? 0 : Rounded(1 - ((double)(calls.Ends[0] + calls.Ends[1]) / ended)),
            Resources.PoolOf(_account, part, edge, calls) is { } pool ? Rounded(pool) : null,
            [.. Traits(edge)]);
    });

    static IEnumerable<string> Traits(Edge edge)
    {
        if (edge.When != Edge.All)
            yield return edge.When;
        if (edge.Fan > 1)
            yield return $"{edge.Fan} at once";
        if (edge.Async)
            yield return "not waited for";
    }

    PushData? PushOf() => PushOutcome.Of(_account) is not { } outcome ? null : new(
        _graph.Push.Words, _graph.Push.At.TotalSeconds, (_graph.Push.At + _graph.Push.For).TotalSeconds,
        outcome.Before, outcome.During, outcome.After, outcome.Word, outcome.RecoverySeconds);

    CurveData? StalenessOf()
    {
        var ledger = _account.Ledger;
        if (ledger.StaleReads == 0)
            return null;
        double[] shares = [0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999, 1];
        var known = shares.Where(share => share == 1 || (1 - share) * ledger.Reads >= 1).ToList();
        return new("reads", ledger.Reads, known,
            [.. known.Select(share => Rounded(ledger.Staleness.PercentileNs(share) / 1e6))]);
    }

    string? CostOf() => Measured("cost") is { } hour && Measured("cost-per-million") is { } million
        ? $"It costs {Price(hour)} an hour, and {Price(million)} for a million answers"
        : null;

    static string Price(double price) => price.ToString(
        price < 1 ? "0.00##" : price < 100 ? "0.00" : "#,0", CultureInfo.InvariantCulture);

    double? Measured(string id) => _account.Measurements.FirstOrDefault(one => one.Id == id)?.Value;

    static IReadOnlyList<double> Rounded(IEnumerable<double> curve) => [.. curve.Select(Rounded)];

    // Four digits are more than an eye can tell of a curve; a share near 1 is never rounded up to it.
    static double Rounded(double value) => value is > 0.999 and < 1 ? value
        : double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
