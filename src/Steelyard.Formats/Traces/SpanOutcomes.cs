using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>
/// How operations ended. What the map says comes first; else an HTTP status tells: 1xx to 3xx ok, 4xx fail,
/// but for those after which the request may have been done all the same (408, 409, 423, 425, 429, 499), and
/// 5xx unknown. A database's error is a fail where <see cref="DatabaseRefusals"/> knows that the server
/// refused
/// the statement; any other error without a status is unknown.
/// </summary>
internal sealed record SpanOutcomes(IReadOnlyList<SpanOutcome> Rows, SpanSource? Status)
{
    /// <summary>Nothing said.</summary>
    public static SpanOutcomes Usual { get; } = new([], null);

    /// <summary>The outcome of a span.</summary>
    public Outcome Of(SpanTable spans, int span)
    {
        ref readonly var record = ref spans[span];
        var status = Status?.Of(spans, span)
            ?? SpanSource.Plain(spans.Attribute(span, spans.Names.HttpStatusNumber));
        foreach (var row in Rows)
            if (row.Fits(status, record.IsError))
                return row.Outcome;
        return UsualOf(spans, span, status);
    }

    static Outcome UsualOf(SpanTable spans, int span, Value status)
    {
        if (status.IsInteger)
            return status.AsInteger switch
            {
                >= 100 and < 400 => Outcome.Ok,
                408 or 409 or 423 or 425 or 429 or 499 => Outcome.Info,
                >= 400 and < 500 => Outcome.Fail,
                _ => Outcome.Info,
            };
        if (!spans[span].IsError && spans.Attribute(span, spans.Names.ErrorNumber).IsNil)
            return Outcome.Ok;
        return DatabaseRefusals.IsRefused(spans, span) ? Outcome.Fail : Outcome.Info;
    }
}

/// <summary>Statuses of one outcome: from one number to another, one word, or every error.</summary>
internal sealed record SpanOutcome(Outcome Outcome, long From, long To, string? Word)
{
    /// <summary>The word for a span whose own status is an error.</summary>
    public const string Error = "error";

    /// <summary>A row from how it is written: <c>200..299</c>, <c>409</c>, <c>error</c>, a word.</summary>
    public static SpanOutcome Of(Outcome outcome, string written)
    {
        var parts = written.Split("..");
        return parts.Length <= 2 && parts.All(part => long.TryParse(
                part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? new(
                outcome, long.Parse(parts[0], CultureInfo.InvariantCulture),
                long.Parse(parts[^1], CultureInfo.InvariantCulture), null)
            : new(outcome, 0, 0, written);
    }

    /// <summary>Whether a status is one of them.</summary>
    public bool Fits(Value status, bool isError) => Word switch
    {
        null => status.IsInteger && status.AsInteger >= From && status.AsInteger <= To,
        Error when isError => true,
        _ => !status.IsNil && SpanSource.AsText(status) == Word,
    };
}
