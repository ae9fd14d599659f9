namespace Steelyard.Worlds;

/// <summary>Draws single faults, each of a kind that the tolerance allows; how many at once is the budget's
/// business.</summary>
internal sealed class FaultDraws(Scenario scenario, FaultTolerance tolerance, SeededRandom random)
{
    // Drift of a broken oscillator; a good one stays within 100 ppm.
    const int WorstDriftPpm = 100_000;
    static readonly TimeSpan LeastJump = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan LargestJump = TimeSpan.FromMinutes(10);

    // The share of the run by which every fault is over.
    const double Latest = 0.97;

    readonly string[] _names = [.. scenario.Cluster.Nodes.Select(node => node.Name)];

    RestartShapes Restarts => new(this, scenario.Load.Duration * Latest);

    /// <summary>The stream it draws from.</summary>
    public SeededRandom Random => random;

    /// <summary>The nodes' names.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>What the scenario stands.</summary>
    public FaultTolerance Tolerance => tolerance;

    /// <summary>Cuts of links.</summary>
    public List<Func<Fault[]>> Cuts() => tolerance.Network && _names.Length > 1
        ? new CutShapes(scenario.Cluster, random, Window).All()
        : [];

    /// <summary>Crashes, of a node or of the leader.</summary>
    public List<Func<Fault[]>> Crashes() => tolerance.NodesDown > 0
        ?
        [
            () => [Crash(Some())],
            () => [Crash([random.Chance(0.5) ? Fault.Leader : random.Choose(_names)])],
            () => Restarts.Alone(),
        ]
        : [];

    /// <summary>Hosts that are stopped in good order: one alone, or each in turn.</summary>
    public List<Func<Fault[]>> Drains() => tolerance is { Drains: true, NodesDown: > 0 }
        ? [() => [Drain(Some(1))], InTurn]
        : [];

    /// <summary>Faults of several kinds that are worse together.</summary>
    public List<Func<Fault[]>> Together() =>
        tolerance is { Network: true, NodesDown: > 0 } && _names.Length > 2
            ? [() => Restarts.Between()]
            : [];

    /// <summary>Nodes held still, or slow.</summary>
    public List<Func<Fault[]>> Pauses()
    {
        var kinds = new List<Func<Fault[]>>();
        if (!tolerance.Pauses)
            return kinds;
        kinds.Add(() => [Slow()]);
        if (tolerance.NodesDown > 0)
        {
            kinds.Add(() => [Pause(Some())]);
            kinds.Add(() => [Pause([Fault.Leader])]);
        }

        return kinds;
    }

    /// <summary>Clocks that jump or drift.</summary>
    public List<Func<Fault[]>> Clocks()
    {
        var kinds = new List<Func<Fault[]>>();
        if (tolerance.ClockSkew is null || tolerance.ClockSkew > TimeSpan.Zero)
            kinds.Add(() => [Jump()]);
        if (tolerance.ClockDriftPpm is null or > 0)
            kinds.Add(() => [Drift(tolerance.ClockDriftPpm ?? WorstDriftPpm)]);
        return kinds;
    }

    /// <summary>Troubles of disks; torn writes come with crashes.</summary>
    public List<Func<Fault[]>> Disks()
    {
        var kinds = new List<Func<Fault[]>>();
        if (tolerance.DiskPressure)
        {
            kinds.Add(() => [Disk(DiskTrouble.Full)]);
            kinds.Add(SlowDisk);
        }

        if (tolerance.NodesCorrupted > 0)
        {
            kinds.Add(() => [Disk(DiskTrouble.Corrupt)]);
            kinds.Add(() => [Disk(DiskTrouble.Misdirect)]);
        }

        // What was not synced is lost in a crash: that, too, is a trouble of the disk.
        if (tolerance is { NodesDown: > 0, Amnesia: true })
            kinds.Add(() => [Crash(Some())]);
        return kinds;
    }

    /// <summary>A disk whose syncs take long: late, but never wrong.</summary>
    public Fault[] SlowDisk() => [Disk(DiskTrouble.Slow)];

    /// <summary>Links that are bad but not cut.</summary>
    public List<Func<Fault[]>> Links() => tolerance.Network ? [() => [BadLinks()]] : [];

    /// <summary>A begin and a length, within the time in which operations arrive.</summary>
    public (TimeSpan At, TimeSpan For) Window()
    {
        var duration = scenario.Load.Duration;
        var lasts = duration * (0.02 * Math.Pow(15, random.NextDouble()));
        var earliest = duration * 0.03;
        return (Rounded(random.Between(earliest, (duration * Latest) - lasts)), Rounded(lasts));
    }

    /// <summary>A few nodes: as many as may be down, or fewer.</summary>
    public string[] Some() => Some(random.Next(1, Math.Max(1, tolerance.NodesDown) + 1));

    /// <summary>So many nodes.</summary>
    public string[] Some(int count)
    {
        var shuffled = _names.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled.Take(count).Order(StringComparer.Ordinal)];
    }

    CrashFault Crash(string[] nodes)
    {
        var (at, lasts) = Window();
        return Crash(nodes, at, lasts);
    }

    /// <summary>A crash, of as much as the tolerance allows.</summary>
    public CrashFault Crash(string[] nodes, TimeSpan at, TimeSpan lasts) => new()
    {
        At = at,
        For = lasts,
        Nodes = nodes,
        Loses = tolerance.Amnesia && random.Chance(0.8) ? CrashLoss.Memory : CrashLoss.Nothing,
        Torn = tolerance is { Amnesia: true, TornWrites: true } && random.Chance(0.5),
    };

    DrainFault Drain(string[] nodes)
    {
        var (at, lasts) = Window();
        return new() { At = at, For = lasts, Nodes = nodes };
    }

    // Some time between two of them, so that the next one goes when the last one is back at work.
    Fault[] InTurn()
    {
        var (at, _) = Window();
        var step = Rounded(((scenario.Load.Duration * Latest) - at) / _names.Length);
        var order = Some(_names.Length);
        random.Shuffle(order);
        return [.. order.Select((name, place) => new DrainFault
        {
            At = at + (place * step),
            For = Rounded(step * 0.7),
            Nodes = [name],
        })];
    }

    PauseFault Pause(string[] nodes)
    {
        var (at, lasts) = Window();
        return new() { At = at, For = lasts, Nodes = nodes };
    }

    SlowFault Slow()
    {
        var (at, lasts) = Window();
        var perMessage = Rounded(TimeSpan.FromMilliseconds(0.2 * Math.Pow(50, random.NextDouble())));
        return new() { At = at, For = lasts, Nodes = Some(1), PerMessage = perMessage };
    }

    ClockJumpFault Jump()
    {
        var largest = tolerance.ClockSkew is { } skew ? Smaller(skew / 2, LargestJump) : LargestJump;
        var size = LeastJump * Math.Pow(Math.Max(1, largest / LeastJump), random.NextDouble());
        var (at, _) = Window();
        return new() { At = at, Nodes = Some(1), By = Rounded(random.Chance(0.5) ? size : -size) };
    }

    ClockDriftFault Drift(int largest)
    {
        var (at, lasts) = Window();
        var size = random.Next(1, largest + 1);
        var rate = random.Chance(0.5) ? size : -size;
        return new() { At = at, For = lasts, Nodes = Some(1), PartsPerMillion = rate };
    }

    DiskFault Disk(DiskTrouble trouble)
    {
        var (at, lasts) = Window();
        return new()
        {
            At = at,
            For = trouble is DiskTrouble.Full or DiskTrouble.Slow ? lasts : null,
            Nodes = Some(1),
            Trouble = trouble,
        };
    }

    LinkFault BadLinks()
    {
        var (at, lasts) = Window();
        string[] from = random.Chance(0.5) ? [] : Some(random.Next(1, _names.Length + 1));
        string[] to = random.Chance(0.5) ? [] : Some(random.Next(1, _names.Length + 1));
        var bad = new LinkFault { At = at, For = lasts, From = from, To = to };
        return random.Next(5) switch
        {
            0 => bad with { Loss = Share(0.3) },
            1 => bad with { Duplication = Share(0.5) },
            2 => bad with { Reordering = Share(0.5) },
            3 => bad with { Slowdown = Math.Round(1 + (19 * random.NextDouble()), 1) },
            _ => bad with { Loss = Share(0.1), Duplication = Share(0.2), Reordering = Share(0.3) },
        };
    }

    double Share(double largest) => Math.Round(0.01 + (random.NextDouble() * (largest - 0.01)), 3);

    static TimeSpan Smaller(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>Plans are read and edited by people: whole milliseconds, or microseconds below
    /// that.</summary>
    public static TimeSpan Rounded(TimeSpan time)
    {
        var unit = Math.Abs(time.Ticks) < TimeSpan.TicksPerMillisecond * 10
            ? TimeSpan.TicksPerMicrosecond
            : TimeSpan.TicksPerMillisecond;
        return TimeSpan.FromTicks(time.Ticks / unit * unit);
    }
}
