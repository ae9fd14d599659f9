namespace Steelyard.Worlds.Faults;

/// <summary>Names of nodes as plans have them: lists, groups, and <c>leader</c> among them.</summary>
internal static class PlanNames
{
    /// <summary>Reads a list of nodes.</summary>
    public static IReadOnlyList<string> Read(IPlanValue value, IReadOnlyList<string> known)
    {
        var nodes = value.Items;
        if (nodes.Count == 0)
            throw value.Mistake("at least one node", "none");
        return [.. nodes.Select(node => node.OneOf(known))];
    }

    /// <summary>Reads groups of nodes.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ReadGroups(
        IPlanValue value, IReadOnlyList<string> known)
    {
        var groups = value.Items.Select(group => Read(group, known)).ToList();
        if (groups.Count < 2)
            throw value.Mistake("two groups of nodes or more, such as [[n1], [n2, n3]]", $"{groups.Count}");
        var twice = groups.SelectMany(group => group).GroupBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault(same => same.Count() > 1);
        return twice is null ? groups
            : throw value.Mistake("each node in one group at most", $"{twice.Key} twice");
    }

    /// <summary>Puts a node's name in place of <c>leader</c>.</summary>
    public static IReadOnlyList<string> WithLeader(IReadOnlyList<string> names, string leader) =>
        [.. names.Select(name => name == Fault.Leader ? leader : name).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// The same of groups. The leader leaves the groups that name it as a follower, so that
    /// <c>leader | n1 n2 n3</c> cuts it off from all the others.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> WithLeader(
        IReadOnlyList<IReadOnlyList<string>> groups, string leader) =>
        !groups.Any(HasLeader) ? groups :
        [
            .. groups.Select(group => HasLeader(group)
                    ? WithLeader(group, leader)
                    : [.. group.Where(name => name != leader)])
                .Where(group => group.Count > 0),
        ];

    /// <summary>As people write them: <c>n1 n2</c>.</summary>
    public static string Words(IReadOnlyList<string> names) => string.Join(' ', names);

    static bool HasLeader(IReadOnlyList<string> group) =>
        group.Contains(Fault.Leader, StringComparer.Ordinal);
}
