using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>What every kind of fault is drawn from: times, nodes, and what a scenario stands. How many at
/// once is the budget's business.</summary>
public sealed class FaultDraws
{
    // The share of the run by which every fault is over.
    const double LatestShare = 0.97;

    readonly string[] _names;

    internal FaultDraws(Scenario scenario, FaultTolerance tolerance, SeededRandom random)
    {
        Scenario = scenario;
        Tolerance = tolerance;
        Random = random;
        _names = [.. Nodes.Select(node => node.Name)];
    }

    /// <summary>What it is drawn for.</summary>
    public Scenario Scenario { get; }

    /// <summary>What is tolerated.</summary>
    public FaultTolerance Tolerance { get; }

    /// <summary>The stream it draws from.</summary>
    public SeededRandom Random { get; }

    /// <summary>The names of the nodes that may be hit.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>More than half of the nodes.</summary>
    public int Majority => (_names.Length / 2) + 1;

    /// <summary>When every fault must be over.</summary>
    public TimeSpan Latest => Scenario.Load.Duration * LatestShare;

    IEnumerable<NodeSpec> Nodes => Scenario.Cluster.Nodes.Where(node => !node.IsClient);

    /// <summary>A begin and a length, within the time in which operations arrive.</summary>
    public (TimeSpan At, TimeSpan For) Window()
    {
        var duration = Scenario.Load.Duration;
        var lasts = duration * (0.02 * Math.Pow(15, Random.NextDouble()));
        var earliest = duration * 0.03;
        return (Rounded(Random.Between(earliest, Latest - lasts)), Rounded(lasts));
    }

    /// <summary>Whether a node is there that can do something.</summary>
    public bool HasAble(NodeAbilities needed) =>
        Nodes.Any(node => node.Abilities.HasFlag(needed));

    /// <summary>Whether some nodes can do something, each of them; a leader may be any node.</summary>
    public bool AreAble(IReadOnlyList<string> nodes, NodeAbilities needed) =>
        Nodes.All(node => node.Abilities.HasFlag(needed)
            || !(nodes.Contains(node.Name, StringComparer.Ordinal)
                || nodes.Contains(Fault.Leader, StringComparer.Ordinal)));

    /// <summary>A few nodes: as many as may be down, or fewer.</summary>
    public string[] Some() => Some(Random.Next(1, Math.Max(1, Tolerance.NodesDown) + 1));

    /// <summary>So many nodes, or as many as there are that can do something.</summary>
    public string[] Some(int count, NodeAbilities needed = NodeAbilities.None)
    {
        string[] able =
        [
            .. Nodes.Where(node => node.Abilities.HasFlag(needed)).Select(node => node.Name),
        ];
        Random.Shuffle(able);
        return [.. able.Take(count).Order(StringComparer.Ordinal)];
    }

    /// <summary>All nodes, in any order.</summary>
    public string[] Shuffled()
    {
        var names = _names.ToArray();
        Random.Shuffle(names);
        return names;
    }

    /// <summary>Two sides: so many of some names, and the rest.</summary>
    public static string[][] Split(string[] names, int first) =>
        [[.. names.Take(first).Order(StringComparer.Ordinal)],
            [.. names.Skip(first).Order(StringComparer.Ordinal)]];

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
