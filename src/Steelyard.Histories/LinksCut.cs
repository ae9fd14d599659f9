namespace Steelyard.Histories;

/// <summary>Directed links that a fault cuts: from each node of one list to each of the other.</summary>
/// <param name="From">Whose messages are lost, by name.</param>
/// <param name="To">On their way to whom, by name. A node that stands on both sides reaches itself all the
/// same.</param>
public sealed record LinksCut(IReadOnlyList<string> From, IReadOnlyList<string> To)
{
    /// <summary>The links between groups of nodes, both ways: from each group to all others.</summary>
    public static IReadOnlyList<LinksCut> Between(IReadOnlyList<IReadOnlyList<string>> groups) =>
    [
        .. groups.Select(group => new LinksCut(
            group, [.. groups.Where(other => !ReferenceEquals(other, group)).SelectMany(other => other)])),
    ];
}
