using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Sweeps;

/// <summary>Which runs of a sweep are done, which are to be done, and whether there are enough of each point.
/// Used from several threads.</summary>
internal sealed class SweepWork
{
    readonly SweepRequest _request;
    readonly IReadOnlyList<PointWork> _points;
    readonly Dictionary<string, PointWork> _byName;
    readonly Lazy<bool> _measuresOwn;
    readonly PriorityQueue<(PointWork Point, int Place), (int Place, int Point)> _waiting = new();
    readonly object _gate = new();
    readonly int _before;
    int _done;
    int _broken;
    int _underWay;
    bool _isStopped;

    public SweepWork(SweepRequest request, SweepPoints points, IReadOnlyList<SweptRun> before)
    {
        _request = request;
        _points = [.. points.Points.Select(point => new PointWork(point))];
        _byName = _points.ToDictionary(work => work.Point.Name, StringComparer.Ordinal);
        _measuresOwn = new(() => points.Points[0].Run.Build().Promises.Measures.Count > 0);
        foreach (var run in before)
            if (_byName.GetValueOrDefault(run.Point) is { } work)
                work.Runs[run.Seed] = run;
        foreach (var work in _points)
            Plan(work, request.Seeds.First);
        var counted = _points.SelectMany(RunsOf).ToList();
        (_before, _done) = (counted.Count, counted.Count);
        _broken = counted.Count(run => run.Validity == Validity.Invalid);
        MustBeMeasured();
    }

    /// <summary>How many runs wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>The next run; waits where others may bring more. Null when there are none.</summary>
    public (SweepPoint Point, Seed Seed)? Take()
    {
        lock (_gate)
        {
            while (!_isStopped && _waiting.Count == 0 && _underWay > 0)
                Monitor.Wait(_gate);
            if (_isStopped || _waiting.Count == 0)
                return null;
            var (work, place) = _waiting.Dequeue();
            _underWay++;
            return (work.Point, _request.Seeds[place]);
        }
    }

    /// <summary>Takes a run that was taken as done.</summary>
    /// <exception cref="UserMistakeException">An objective that nobody measures.</exception>
    public void Done(SweptRun run)
    {
        lock (_gate)
        {
            _underWay--;
            var work = _byName[run.Point];
            work.Runs[run.Seed] = run;
            _done++;
            _broken += run.Validity == Validity.Invalid ? 1 : 0;
            MustBeMeasured();
            Plan(work, work.Planned);
            Report();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets nothing more be taken.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What was found, once nobody works any more.</summary>
    public SweepResult Result(IReadOnlyList<RefusedPoint> refused)
    {
        var aims = AimsOf(_request.Objectives);
        var points = _points.Select(work => new SweptPoint(work.Point, RunsOf(work))
        {
            IsPrecise = IsPrecise(work),
        }).ToList();
        return new(
            _request, aims, Frontier.Of(points, aims), refused,
            IsPartial: _isStopped || _points.Any(work => RunsOf(work).Count < work.Planned));
    }

    // Runs with seeds that nobody asked for now stand in the folder and are left out.
    IReadOnlyList<SweptRun> RunsOf(PointWork work) =>
    [
        .. Enumerable.Range(0, work.Planned)
            .Select(place => work.Runs.GetValueOrDefault(_request.Seeds[place])).OfType<SweptRun>(),
    ];

    // Plans as many runs as are known to be needed, and more once these are done.
    void Plan(PointWork work, int planned)
    {
        while (planned > work.Planned || RunsOf(work).Count == work.Planned)
        {
            for (var place = work.Planned; place < planned; place++)
                if (!work.Runs.ContainsKey(_request.Seeds[place]))
                    _waiting.Enqueue((work, place), (place, work.Point.Number));
            work.Planned = Math.Max(work.Planned, planned);
            if (RunsOf(work).Count < work.Planned)
                return;
            planned = _request.Seeds.After(work.Planned, Figures(work));
            if (planned == work.Planned)
                return;
        }
    }

    IEnumerable<ConfidenceInterval> Figures(PointWork work)
    {
        var point = new SweptPoint(work.Point, RunsOf(work));
        return _request.Objectives.Select(objective => point.Interval(objective.Id))
            .OfType<ConfidenceInterval>();
    }

    bool IsPrecise(PointWork work) => _request.Seeds.Precision is not { } rule
        || rule.After(RunsOf(work).Count, Figures(work)) == PrecisionStep.Enough;

    IEnumerable<SweptRun> AllRuns => _points.SelectMany(work => work.Runs.Values);

    // As soon as it is certain. What runs have only now and then is certain once every point had its turn,
    // and so is what a design measures of its own: it may do so in some of its variants.
    void MustBeMeasured()
    {
        foreach (var objective in _request.Objectives)
        {
            if (AllRuns.Select(run => run.Find(objective.Id)).OfType<Measurement>().FirstOrDefault()
                is { } found)
            {
                MustHaveAWay(objective, found);
                continue;
            }

            var ended = _points.Where(work => work.Runs.Values.Any(run => !run.HasThrown)).ToList();
            var isCertain = ended.Count == _points.Count
                || (ended.Count > 0 && !objective.MayBeMissing && !_measuresOwn.Value);
            if (isCertain)
                throw Unmeasured(objective);
        }
    }

    UserMistakeException Unmeasured(Objective objective)
    {
        var ids = AllRuns.SelectMany(run => run.Measurements).Select(one => one.Id)
            .Distinct(StringComparer.Ordinal).ToList();
        return ids.Contains(objective.Id, StringComparer.Ordinal)
            ? new($"--objective {objective.Asked}: expected a number in some run, found none")
            : new(
                $"--objective: expected something that these runs measure ({string.Join(", ", ids)}; for"
                + $" short {string.Join(", ", MeasurementNames.Short)}), found \"{objective.Asked}\""
                + Suggestion.For(objective.Asked, [.. ids, .. MeasurementNames.Short]));
    }

    IReadOnlyList<Aim> AimsOf(IReadOnlyList<Objective> objectives)
    {
        var runs = _points.SelectMany(RunsOf).ToList();
        var aims = new List<Aim>();
        foreach (var objective in objectives)
            if (runs.Select(run => run.Find(objective.Id)).OfType<Measurement>().FirstOrDefault()
                is { } found)
                aims.Add(new(
                    found.Id, found.Words, found.Unit,
                    objective.Better ?? found.Direction));
        return aims;
    }

    static void MustHaveAWay(Objective objective, Measurement found)
    {
        if (objective.Better is null && found.Direction == Direction.Neither)
            throw new UserMistakeException(
                $"--objective {objective.Asked}: expected {objective.Asked}:min or {objective.Asked}:max,"
                + " since neither is better by itself");
    }

    void Report() => _request.Progress?.Report(
        new(_done, _points.Sum(work => work.Planned), _before, _broken));

    /// <summary>A point, and how many runs of it there are to be.</summary>
    sealed class PointWork(SweepPoint point)
    {
        public SweepPoint Point => point;

        public int Planned { get; set; }

        public Dictionary<Seed, SweptRun> Runs { get; } = [];
    }
}
