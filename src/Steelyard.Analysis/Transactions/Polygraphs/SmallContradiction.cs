using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// Few transactions that contradict each other on their own: those on the cycles the search met, less all
/// that can be left out (delta debugging, Zeller and Hildebrandt 2002).
/// </summary>
/// <remarks>Sound, as a part is asked less than the whole: reads of what was left out say nothing
/// there.</remarks>
internal sealed class SmallContradiction(
    OrderScope scope, EdgeList? known, OrderQuestion question, SearchLimits limits)
{
    // In nodes, versions and pairs looked at, over all parts tried.
    const long MostWork = 20_000_000;
    const int MostConflicts = 5_000;

    long _work;

    /// <summary>The transactions.</summary>
    /// <param name="whole">The polygraph of all.</param>
    public int[] Of(Polygraph whole)
    {
        var attempt = OrderAttempt.Of(whole, scope.Columns, known, question, limits);
        var left = attempt.Involved();
        if (!Contradicts(left))
            left = scope.Members;
        for (var size = (left.Length + 1) / 2; size >= 1 && _work < MostWork; size = Next(size))
            left = WithoutSpans(left, size);
        return left;
    }

    static int Next(int size) => size == 1 ? 0 : (size + 1) / 2;

    // One of a time until none can go, so that the last round leaves a least set.
    int[] WithoutSpans(int[] left, int size)
    {
        var any = true;
        while (any)
        {
            any = false;
            for (var start = 0; start < left.Length && _work < MostWork;)
            {
                int[] rest = [.. left[..start], .. left[Math.Min(start + size, left.Length)..]];
                if (Contradicts(rest))
                    (left, any) = (rest, true);
                else
                    start += size;
            }

            any &= size == 1;
        }

        return left;
    }

    bool Contradicts(int[] members)
    {
        var part = scope.Build(members, question.Kind, limits.Pairs);
        _work += scope.Columns.VersionCount;
        if (part.PairCount > limits.Pairs)
            return false;
        var attempt = OrderAttempt.Of(
            part, scope.Columns, known, question, limits with { Conflicts = MostConflicts });
        _work += attempt.Work;
        return attempt.End == ChoiceSearchEnd.Contradiction;
    }
}
