namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>How long something was busy while requests were due.</summary>
/// <param name="clock">The clock of the run.</param>
/// <param name="untilNs">When the load ends, in ns of the run; what comes later is not counted.</param>
/// <param name="stretches">In how many stretches of the load it is counted.</param>
internal sealed class BusyTime(RunClock clock, long untilNs, int stretches = 1)
{
    readonly double[] _ns = new double[stretches];
    readonly long _stretchNs = Math.Max(1, (untilNs + stretches - 1) / stretches);

    /// <summary>How long, in ns.</summary>
    public double Ns => _ns.Sum();

    /// <summary>As a share of its busiest stretch.</summary>
    public double MostShare => _ns.Max() / _stretchNs;

    /// <summary>It will be busy.</summary>
    /// <param name="inNs">How long from now it begins.</param>
    /// <param name="forNs">For how long.</param>
    /// <param name="weight">How much of it is.</param>
    public void WillBe(long inNs, long forNs, double weight = 1) =>
        Add(clock.NowNs + inNs, clock.NowNs + inNs + forNs, weight);

    /// <summary>It was busy up to now.</summary>
    /// <param name="sinceNs">From when on, in ns of the run.</param>
    /// <param name="weight">How many of it were.</param>
    public void Was(long sinceNs, double weight = 1) => Add(sinceNs, clock.NowNs, weight);

    void Add(long fromNs, long toNs, double weight)
    {
        toNs = Math.Min(toNs, untilNs);
        while (fromNs < toNs)
        {
            var stretch = fromNs / _stretchNs;
            var endNs = Math.Min(toNs, (stretch + 1) * _stretchNs);
            _ns[stretch] += weight * (endNs - fromNs);
            fromNs = endNs;
        }
    }
}

/// <summary>How many of something are in use, over time, while requests are due.</summary>
/// <param name="clock">The clock of the run.</param>
/// <param name="untilNs">When the load ends, in ns of the run.</param>
/// <param name="users">How many instances use it.</param>
internal sealed class Occupancy(RunClock clock, long untilNs, int users)
{
    readonly int[] _byUser = new int[users];
    readonly BusyTime _used = new(clock, untilNs, PartFigures.Stretches);
    long _seenNs;
    int _inUse;

    /// <summary>How many were in use, times ns.</summary>
    public double AreaNs => _used.Ns;

    /// <summary>How many were in use in the busiest stretch, as a mean.</summary>
    public double Most => _used.MostShare;

    /// <summary>An instance uses more or fewer.</summary>
    public void Uses(int user, int more)
    {
        See();
        _inUse += more;
        _byUser[user] += more;
    }

    /// <summary>An instance is gone, and uses none any more.</summary>
    public void Loses(int user) => Uses(user, -_byUser[user]);

    /// <summary>Counts up to now.</summary>
    public void See()
    {
        _used.Was(_seenNs, _inUse);
        _seenNs = clock.NowNs;
    }
}
