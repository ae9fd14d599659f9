namespace Steelyard.Worlds;

/// <summary>Faults that go beyond what a scenario tolerates, one of each kind it makes a promise
/// about.</summary>
internal sealed class Excesses(FaultDraws draws)
{
    const int ExcessiveDriftPpm = 200_000;
    const int TimesTheBound = 10;

    int Majority => (draws.Names.Count / 2) + 1;

    /// <summary>All of them.</summary>
    public IEnumerable<Fault> All()
    {
        yield return Crash(CrashLoss.Memory, torn: true);
        yield return Crash(CrashLoss.Disk, torn: false);
        yield return Corruption(DiskTrouble.Corrupt);
        yield return Corruption(DiskTrouble.Misdirect);
        yield return Pause();
        if (draws.Tolerance.ClockSkew is { } skew)
            yield return Jump(skew);
        if (draws.Tolerance.ClockDriftPpm is not null)
            yield return Drift();
    }

    CrashFault Crash(CrashLoss loses, bool torn)
    {
        var (at, lasts) = draws.Window();
        return new() { At = at, For = lasts, Nodes = draws.Some(Majority), Loses = loses, Torn = torn };
    }

    DiskFault Corruption(DiskTrouble trouble)
    {
        var (at, _) = draws.Window();
        return new() { At = at, Nodes = draws.Some(Majority), Trouble = trouble };
    }

    PauseFault Pause()
    {
        var (at, lasts) = draws.Window();
        return new() { At = at, For = lasts, Nodes = draws.Some(Majority) };
    }

    ClockJumpFault Jump(TimeSpan skew)
    {
        var (at, _) = draws.Window();
        var by = TimesTheBound * (skew > TimeSpan.Zero ? skew : TimeSpan.FromMilliseconds(100));
        return new() { At = at, Nodes = draws.Some(1), By = draws.Random.Chance(0.5) ? by : -by };
    }

    ClockDriftFault Drift()
    {
        var (at, lasts) = draws.Window();
        var rate = Math.Clamp(TimesTheBound * (draws.Tolerance.ClockDriftPpm ?? 0), ExcessiveDriftPpm,
            400_000);
        return new()
        {
            At = at,
            For = lasts,
            Nodes = draws.Some(1),
            PartsPerMillion = draws.Random.Chance(0.5) ? rate : -rate,
        };
    }
}
