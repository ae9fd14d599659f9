using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>The COMMIT and ROLLBACK statements of a file, where its tracer records them: they tell whether
/// what was written before, under the same span, stands.</summary>
internal sealed class TransactionEnds
{
    readonly SpanTable _spans;
    readonly Dictionary<int, List<(int Span, bool IsCommit)>> _byParent = [];

    public TransactionEnds(SpanTable spans)
    {
        _spans = spans;
        var statement = spans.Names.StatementNumber;
        for (var span = 0; span < spans.Count; span++)
            if (spans.Attribute(span, statement) is { Kind: ValueKind.Text } text
                && spans.Index.ParentOf(span) is >= 0 and var parent && IsEnd(text.AsText, out var isCommit))
            {
                if (!_byParent.TryGetValue(parent, out var ends))
                    _byParent.Add(parent, ends = []);
                ends.Add((span, isCommit));
            }
    }

    /// <summary>What became of what a statement wrote; null where no end of its transaction is
    /// recorded.</summary>
    public Outcome? Of(int span)
    {
        if (!_byParent.TryGetValue(_spans.Index.ParentOf(span), out var ends))
            return null;
        var after = _spans[span].EndNs;
        var first = ends.Where(end => _spans[end.Span].StartNs >= after)
            .OrderBy(end => _spans[end.Span].StartNs).Select(end => ((int, bool)?)end).FirstOrDefault();
        return first switch
        {
            null => null,
            (_, false) => Outcome.Fail,
            var (end, _) => SpanOutcomes.Usual.Of(_spans, end) == Outcome.Ok ? Outcome.Ok : Outcome.Info,
        };
    }

    static bool IsEnd(string statement, out bool isCommit)
    {
        isCommit = statement.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase);
        return isCommit || (statement.StartsWith("ROLLBACK", StringComparison.OrdinalIgnoreCase)
            && !statement.Contains(" TO ", StringComparison.OrdinalIgnoreCase));
    }
}
