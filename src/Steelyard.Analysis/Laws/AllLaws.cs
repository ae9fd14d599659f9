using Steelyard.Analysis.Laws.Availability;
using Steelyard.Analysis.Laws.Caching;
using Steelyard.Analysis.Laws.Queueing;
using Steelyard.Analysis.Laws.Quorums;
using Steelyard.Analysis.Laws.Scaling;
using Steelyard.Analysis.Laws.Storage;
using Steelyard.Histories;

namespace Steelyard.Analysis.Laws;

/// <summary>The laws that can be asked for by name.</summary>
public static class AllLaws
{
    /// <summary>All of them, in the groups in which people look for them.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<Law> Laws)> Groups { get; } =
    [
        ("Queueing", QueueingLaws.All),
        ("Scaling", ScalingLaws.All),
        ("Availability", AvailabilityLaws.All),
        ("Quorums", QuorumLaws.All),
        ("Storage", StorageLaws.All),
        ("Caching", CachingLaws.All),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Law> All { get; } = [.. Groups.SelectMany(group => group.Laws)];

    /// <summary>The law of a name.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public static Law Named(string name) =>
        All.FirstOrDefault(law => law.Name == name) ?? throw new UserMistakeException(
            $"law: expected {string.Join(", ", All.Select(law => law.Name))}, found \"{name}\""
                + Suggestion.For(name, [.. All.Select(law => law.Name)]));
}
