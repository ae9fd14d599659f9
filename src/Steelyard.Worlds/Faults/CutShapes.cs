namespace Steelyard.Worlds;

/// <summary>The shapes in which links are cut: Jepsen's, and those of sites that lose sight of each
/// other.</summary>
internal sealed class CutShapes(
    Topology topology, SeededRandom random, Func<(TimeSpan At, TimeSpan For)> window)
{
    // A ring of cuts names every pair, which is readable only for a few nodes.
    const int LargestRing = 12;
    const int MostFlaps = 6;

    readonly string[] _names = [.. topology.Nodes.Select(node => node.Name)];

    /// <summary>The shapes that these nodes can take.</summary>
    public List<Func<Fault[]>> All()
    {
        var shapes = new List<Func<Fault[]>> { Halves, One, TheLeader, OneWay, Flapping };
        if (topology.Nodes.DistinctBy(node => node.Site).Count() > 1)
            shapes.Add(Sites);
        if (_names.Length >= 3)
            shapes.Add(Bridge);
        if (_names.Length is >= 4 and <= LargestRing)
            shapes.Add(MajorityRing);
        return shapes;
    }

    /// <summary>Two sides at random.</summary>
    Fault[] Halves() => [Partition(window(), Split(Shuffled(), random.Next(1, _names.Length)))];

    /// <summary>One node against all others.</summary>
    Fault[] One() => [Partition(window(), Split(Shuffled(), 1))];

    /// <summary>Whoever leads against all others.</summary>
    Fault[] TheLeader() => [Partition(window(), [[Fault.Leader], _names])];

    /// <summary>Some are not heard by the others, but hear them.</summary>
    Fault[] OneWay()
    {
        var (at, lasts) = window();
        var sides = Split(Shuffled(), random.Next(1, _names.Length));
        return [new CutFault { At = at, For = lasts, From = sides[0], To = sides[1] }];
    }

    /// <summary>A cut that comes and goes.</summary>
    Fault[] Flapping()
    {
        var (at, lasts) = window();
        var sides = Split(Shuffled(), random.Next(1, _names.Length));
        var flaps = random.Next(2, MostFlaps + 1);
        var each = TimeSpan.FromMicroseconds(Math.Max(1, (long)(lasts / flaps).TotalMicroseconds));
        return
        [
            .. Enumerable.Range(0, flaps)
                .Select(flap => Partition((at + (flap * each), each / 2), sides)),
        ];
    }

    /// <summary>Sites lose sight of each other.</summary>
    Fault[] Sites()
    {
        var sites = topology.Nodes.Select(node => node.Site).Distinct(StringComparer.Ordinal).ToArray();
        random.Shuffle(sites);
        var away = sites.Take(random.Next(1, sites.Length)).ToArray();
        var sides = topology.Nodes.ToLookup(node => away.Contains(node.Site, StringComparer.Ordinal),
            node => node.Name);
        return [Partition(window(), [[.. sides[false]], [.. sides[true]]])];
    }

    /// <summary>Two sides, and one node that sees both.</summary>
    Fault[] Bridge()
    {
        var others = Shuffled()[1..];
        return [Partition(window(), Split(others, Math.Max(1, others.Length / 2)))];
    }

    /// <summary>Each sees a majority, and no two see the same one: neighbours on a ring hear each
    /// other.</summary>
    Fault[] MajorityRing()
    {
        var (at, lasts) = window();
        var ring = Shuffled();
        var reach = ((ring.Length / 2) + 1) / 2;
        return
        [
            .. Enumerable.Range(0, ring.Length)
                .Select(place => new CutFault { At = at, For = lasts, From = [ring[place]],
                    To = Far(ring, place, reach) })
                .Where(cut => cut.To.Count > 0),
        ];
    }

    static string[] Far(string[] ring, int place, int reach) =>
    [
        .. ring.Where((_, other) =>
        {
            var apart = Math.Abs(other - place);
            return Math.Min(apart, ring.Length - apart) > reach;
        }),
    ];

    string[] Shuffled()
    {
        var names = _names.ToArray();
        random.Shuffle(names);
        return names;
    }

    static string[][] Split(string[] names, int first) =>
        [[.. names.Take(first).Order(StringComparer.Ordinal)],
            [.. names.Skip(first).Order(StringComparer.Ordinal)]];

    static PartitionFault Partition((TimeSpan At, TimeSpan For) when,
        IReadOnlyList<IReadOnlyList<string>> groups) =>
        new() { At = when.At, For = when.For, Groups = groups };
}
