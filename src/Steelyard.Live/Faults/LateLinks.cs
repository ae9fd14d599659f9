using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>Links that are late, uneven or narrow, as a nemesis draws them for live engines. The simulator's
/// own bad links lose, double and slow down, most of which TCP hides.</summary>
internal static class LateLinks
{
    const double ShortestMs = 2;
    const double LongestMs = 300;
    const double NarrowestBytes = 20_000;
    const double WidestBytes = 2_000_000;

    /// <summary>Draws one, of the links from some nodes to all others, or of all links.</summary>
    public static LinkFault Next(FaultDraws draws)
    {
        var random = draws.Random;
        var (at, lasts) = draws.Window();
        var late = new LinkFault
        {
            At = at, For = lasts,
            From = random.Chance(0.3) ? [] : draws.Some(random.Next(1, draws.Names.Count)),
        };
        return random.Next(4) switch
        {
            0 => late with { Jitter = Time() },
            1 => late with { BandwidthBytesPerSecond = (int)Between(NarrowestBytes, WidestBytes) },
            2 => late with { Delay = Time(), Jitter = Time() },
            _ => late with { Delay = Time() },
        };

        TimeSpan Time() => FaultDraws.Rounded(TimeSpan.FromMilliseconds(Between(ShortestMs, LongestMs)));

        // As often short as long: the logarithm is even.
        double Between(double least, double most) => least * Math.Pow(most / least, random.NextDouble());
    }
}
