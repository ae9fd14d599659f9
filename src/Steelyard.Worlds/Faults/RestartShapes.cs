namespace Steelyard.Worlds.Faults;

/// <summary>
/// A process that dies again and again and is started again at once, as supervisors do. It is back before the
/// others have given it up, and what it had promised a moment before is asked of it again.
/// </summary>
internal static class RestartShapes
{
    const int Most = 8;
    static readonly TimeSpan ShortestDown = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan LongestDown = TimeSpan.FromMilliseconds(1000);
    static readonly TimeSpan ShortestUp = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestUp = TimeSpan.FromSeconds(1);

    /// <summary>One node restarts, a few times.</summary>
    public static Fault[] Alone(FaultDraws draws) => Of(draws, draws.Some(1));

    /// <summary>
    /// One node restarts while the others are two sides that reach each other only through it: whoever wants
    /// a majority must ask it.
    /// </summary>
    public static Fault[] Between(FaultDraws draws)
    {
        var names = draws.Shuffled();
        var crashes = Of(draws, names[..1]);
        if (crashes.Length == 0)
            return [];
        var first = 1 + ((names.Length - 1) / 2);
        var cut = new PartitionFault
        {
            At = crashes[0].At,
            For = crashes[^1].At + crashes[^1].For - crashes[0].At,
            Groups = [names[1..first], names[first..]],
        };
        return [cut, .. crashes];
    }

    static Fault[] Of(FaultDraws draws, string[] node)
    {
        var crashes = new List<Fault>();
        var (at, _) = draws.Window();
        for (var left = draws.Random.Next(1, Most + 1); left > 0; left--)
        {
            var down = Time(draws, ShortestDown, LongestDown);
            if (at + down > draws.Latest)
                break;
            crashes.Add(CrashFault.Next(draws, node, at, down));
            at += down + Time(draws, ShortestUp, LongestUp);
        }

        return [.. crashes];
    }

    // Short times as often as long ones.
    static TimeSpan Time(FaultDraws draws, TimeSpan shortest, TimeSpan longest) =>
        FaultDraws.Rounded(shortest * Math.Pow(longest / shortest, draws.Random.NextDouble()));
}
