using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>
/// Makes the few values that an algorithm named fewer still, by delta debugging (Zeller &amp; Hildebrandt
/// 2002): values are left out with all their operations as long as what is left has no order either. Pending
/// takes stay; they may have taken anything.
/// </summary>
internal sealed class CollectionWitness(CollectionModel model, History history, List<int> part)
{
    // Operations judged in all: a clash of very many values is told as it was found.
    const long OperationsJudged = 200_000;

    readonly List<int> _pending =
        [.. part.Where(i => model.Takes(history[i]) && !IsRequired(model, history[i]))];
    long _left = OperationsJudged;

    /// <summary>The anomaly.</summary>
    public Anomaly Of(CollectionOperations operations, Clash clash)
    {
        var groups = Groups(operations, clash, clash.Values);
        var sentence = SentenceOf(groups);
        if (sentence is null)
            groups = Groups(operations, clash, clash.Values.Union(Rivals(operations, clash)));
        sentence ??= SentenceOf(groups) ?? clash.Sentence;
        for (var chunk = groups.Count / 2; chunk > 0; chunk /= 2)
        {
            for (var from = 0; from < groups.Count && groups.Count > 1 && _left > 0;)
            {
                var fewer = groups.Where((_, i) => i < from || i >= from + chunk).ToList();
                if (SentenceOf(fewer) is { } clear)
                    (groups, sentence) = (fewer, clear);
                else
                    from += chunk;
            }
        }

        return ImpossibleAnswers.Broken(sentence, groups.SelectMany(g => g));
    }

    // Peeks are left out one by one, before their values.
    List<int[]> Groups(CollectionOperations operations, Clash clash, IEnumerable<int> values)
    {
        var peeks = new PeeksByValue(operations);
        int[] named = [.. values.Distinct()];
        List<int[]> groups =
            [.. named.SelectMany(v => peeks.Of(v).ToArray()).Select(p => new[] { p.Operation })];
        groups.AddRange(named.Select(v => Group(operations, v)));
        if (clash.Operation >= 0)
            groups.Add([clash.Operation]);
        return groups;
    }

    // Values that went to pending takes, and were added no later: together they are too many.
    IEnumerable<int> Rivals(CollectionOperations operations, Clash clash)
    {
        var latest = clash.Values.Where(v => IsPending(operations, v) || operations.Take[v] < 0)
            .Select(v => operations.AddTo[v]).DefaultIfEmpty(-1).Max();
        return Enumerable.Range(0, operations.Values.Count)
            .Where(v => IsPending(operations, v) && operations.AddTo[v] <= latest);
    }

    bool IsPending(CollectionOperations operations, int value) =>
        operations.Take[value] is >= 0 and var take && !IsRequired(model, history[take]);

    int[] Group(CollectionOperations operations, int value) =>
        operations.Take[value] < 0 || IsPending(operations, value)
            ? [operations.Add[value]]
            : [operations.Add[value], operations.Take[value]];

    string? SentenceOf(List<int[]> groups)
    {
        List<int> kept = [.. groups.SelectMany(g => g).Concat(_pending).Distinct().Order()];
        _left -= kept.Count;
        return CollectionOperations.Of(model, history, kept, out var misfit) is { } operations
            && misfit is null
            ? CollectionJudge.Rule(model, history, operations)?.Clash?.Sentence
            : null;
    }

    static bool IsRequired(CollectionModel model, Operation operation) =>
        model.RoleOf(operation) == OperationRole.Required;
}
