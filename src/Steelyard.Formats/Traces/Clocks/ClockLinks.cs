using Steelyard.Histories;

namespace Steelyard.Formats.Traces.Clocks;

/// <summary>What one message tells of two clocks: so much at most is one ahead of the other.</summary>
/// <param name="From">The clock that is behind by at most...</param>
/// <param name="To">The clock that is ahead by at most ...</param>
/// <param name="MostNs">... so many ns: To − From ≤ this.</param>
/// <param name="AtNs">When, by the clock <paramref name="From"/>.</param>
internal readonly record struct ClockLink(int From, int To, long MostNs, long AtNs);

/// <summary>
/// What parents and children on different hosts tell of their clocks, after Lamport (1978: a message is
/// received after it was sent) and Cristian (1989: a reply bounds the clock that was asked by the round
/// trip).
/// With θ for how far a clock is ahead of true time, a child that began after its parent did gives
/// <c>child.start − θc ≥ parent.start − θp</c>, so that θc − θp is at most the difference of the
/// starts.
/// </summary>
/// <remarks>
/// The other side comes from replies: a client that was answered ended after the server had begun, so that
/// θp − θc is at most <c>parent.end − child.start</c>. That the server <em>ended</em> before the client did
/// would bound it closer, and is not so: HttpClient's span ends with the headers of the response, and ASP.NET
/// Core's after the last byte was handed on, and perhaps long after a client that gave up. Of a span with
/// several servers below it nobody knows which one answered, and then nothing is concluded.
/// </remarks>
internal static class ClockLinks
{
    /// <summary>All bounds that the spans of a file give.</summary>
    public static List<ClockLink> Of(SpanTable spans)
    {
        var links = new List<ClockLink>();
        if (spans.Clocks.Count < 2)
            return links;
        var (status, error) = (
            spans.Names.HttpStatusNumber, spans.Names.ErrorNumber);
        var children = Children(spans);
        for (var child = 0; child < spans.Count; child++)
        {
            if (spans.Index.ParentOf(child) is not (>= 0 and var parent))
                continue;
            var (from, to) = (spans.ClockOf(parent), spans.ClockOf(child));
            if (from == to)
                continue;
            ref readonly var above = ref spans[parent];
            ref readonly var below = ref spans[child];
            links.Add(new(from, to, below.StartNs - above.StartNs, above.StartNs));
            var isAnswered = !spans.Attribute(parent, status).IsNil
                || (!above.IsError && spans.Attribute(parent, error).IsNil);
            if (above.Kind == SpanKind.Client && below.Kind == SpanKind.Server && children[parent] == 1
                && isAnswered)
                links.Add(new(to, from, above.EndNs - below.StartNs, below.StartNs));
        }

        return links;
    }

    static byte[] Children(SpanTable spans)
    {
        var children = new byte[spans.Count];
        for (var span = 0; span < spans.Count; span++)
            if (spans.Index.ParentOf(span) is >= 0 and var parent && children[parent] < byte.MaxValue)
                children[parent]++;
        return children;
    }
}
