namespace Steelyard.Worlds;

/// <summary>
/// A process that dies again and again and is started again at once, as supervisors do. It is back before the
/// others have given it up, and what it had promised a moment before is asked of it again.
/// </summary>
/// <param name="draws">Draws single crashes.</param>
/// <param name="latest">When the last of them must be over.</param>
internal sealed class RestartShapes(FaultDraws draws, TimeSpan latest)
{
    const int Most = 8;
    static readonly TimeSpan ShortestDown = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan LongestDown = TimeSpan.FromMilliseconds(1000);
    static readonly TimeSpan ShortestUp = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestUp = TimeSpan.FromSeconds(1);

    /// <summary>One node restarts, a few times.</summary>
    public Fault[] Alone() => Of(draws.Some(1));

    /// <summary>
    /// One node restarts while the others are two sides that reach each other only through it: whoever wants
    /// a majority must ask it.
    /// </summary>
    public Fault[] Between()
    {
        var names = draws.Names.ToArray();
        draws.Random.Shuffle(names);
        var crashes = Of(names[..1]);
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

    Fault[] Of(string[] node)
    {
        var crashes = new List<Fault>();
        var (at, _) = draws.Window();
        for (var left = draws.Random.Next(1, Most + 1); left > 0; left--)
        {
            var down = Time(ShortestDown, LongestDown);
            if (at + down > latest)
                break;
            crashes.Add(draws.Crash(node, at, down));
            at += down + Time(ShortestUp, LongestUp);
        }

        return [.. crashes];
    }

    // Short times as often as long ones.
    TimeSpan Time(TimeSpan shortest, TimeSpan longest) =>
        FaultDraws.Rounded(shortest * Math.Pow(longest / shortest, draws.Random.NextDouble()));
}
