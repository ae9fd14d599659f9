using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads;

/// <summary>An operation, and the number that it was given or came with.</summary>
internal readonly record struct TokenUse(Operation Operation, long Token)
{
    /// <summary>Each operation that began after one with a greater token had ended, with the greatest
    /// such.</summary>
    /// <param name="uses">By invocation.</param>
    /// <param name="orEqual">True for an equal token, too.</param>
    public static IEnumerable<(Operation Before, Operation After)> Overtaken(
        List<TokenUse> uses, bool orEqual)
    {
        var ended = uses.OrderBy(use => use.Operation.CompletedAt).ToList();
        var next = 0;
        TokenUse? greatest = null;
        foreach (var (operation, token) in uses)
        {
            for (; next < ended.Count && ended[next].Operation.CompletedAt < operation.InvokedAt; next++)
                if (greatest is not { } known || ended[next].Token > known.Token)
                    greatest = ended[next];
            if (greatest is { } before && (before.Token > token || (orEqual && before.Token == token)))
                yield return (before.Operation, operation);
        }
    }
}
