using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>Refuses a fault of a plan with a line that names it.</summary>
public sealed class FaultCheck
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    readonly int _place;
    readonly Fault _fault;
    readonly PlanNodes _nodes;

    /// <summary>Makes one.</summary>
    /// <param name="place">The fault's place in the plan.</param>
    /// <param name="fault">The _fault.</param>
    /// <param name="scenario">What the plan is for.</param>
    /// <param name="nodes">Its nodes.</param>
    internal FaultCheck(int place, Fault fault, Scenario scenario, PlanNodes nodes)
    {
        _place = place;
        _fault = fault;
        _nodes = nodes;
        Scenario = scenario;
    }

    /// <summary>What the plan is for.</summary>
    public Scenario Scenario { get; }

    /// <summary>Refuses what does not hold.</summary>
    /// <exception cref="UserMistakeException">It does not hold.</exception>
    public void Require(bool holds, string verb, string expected, string found)
    {
        if (!holds)
            throw new UserMistakeException($"{Named} should {verb}: expected {expected}, found {found}");
    }

    /// <summary>Refuses a fault of nodes that names none.</summary>
    /// <exception cref="UserMistakeException">It does.</exception>
    public void RequireNodes(IReadOnlyList<string> nodes) =>
        Require(nodes.Count > 0, "hit", "at least one node", "none");

    /// <summary>Refuses a fault of which a node can do nothing. A leader may be any node.</summary>
    /// <param name="needed">What it must be able to do.</param>
    /// <param name="reason">Why it cannot, of a node that cannot: <c>keeps nothing on a disk</c>.</param>
    /// <exception cref="UserMistakeException">A node it hits cannot.</exception>
    public void RequireAble(NodeAbilities needed, string reason)
    {
        foreach (var node in Scenario.Cluster.Nodes)
            if (!node.Abilities.HasFlag(needed) && IsHit(node.Name) is { } named)
                throw new UserMistakeException($"{Named} cannot hit {named}: {node.Name} {reason}");
    }

    /// <summary>All that is to be said of one _fault.</summary>
    /// <exception cref="UserMistakeException">It does not fit.</exception>
    internal void All()
    {
        Require(
            _fault.At >= TimeSpan.Zero && _fault.At < Scenario.Load.Duration, "begin",
            $"from 0s to before the end at {Durations.Format(Scenario.Load.Duration)}",
            Durations.Format(_fault.At));
        Require(
            _fault.For is null || (_fault.For > TimeSpan.Zero && _fault.For <= Longest), "last",
            "more than 0s and at most a year", Durations.Format(_fault.For ?? TimeSpan.Zero));
        foreach (var name in _fault.Names)
            Require(
                name == Fault.Leader || _nodes.Has(name), "hit", $"one of {_nodes} or leader", $"\"{name}\"");
        foreach (var name in _fault.Hit)
            if (_nodes.IsClient(name))
                throw new UserMistakeException(
                    $"{Named} cannot hit {name}, which only asks: expected one of {_nodes}");
        _fault.Check(this);
        if (Scenario.Deployment.CannotDo(_fault) is { } reason)
            throw new UserMistakeException(
                $"{Named} cannot happen to {Scenario.Deployment.Kind}: {reason}");
    }

    /// <summary>Refuses what it comes to together with others.</summary>
    internal UserMistakeException Exceeds(FaultLoad.Excess excess) => new(
        $"{Named} comes to too much with others at the same time: expected as {excess.Of.Name} "
        + $"{excess.Of.LimitWords}, found {excess.Of.Words(excess.Sum)}");

    string Named => $"fault {_place + 1} ({_fault.Kind} at {Durations.Format(_fault.At)})";

    string? IsHit(string node) =>
        _fault.Hit.Contains(node, StringComparer.Ordinal) ? node
        : _fault.Hit.Contains(Fault.Leader, StringComparer.Ordinal) ? $"{Fault.Leader}, which may be {node}"
        : null;
}
