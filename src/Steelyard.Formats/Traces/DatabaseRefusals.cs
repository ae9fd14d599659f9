using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>
/// Tells errors with which a database refused a statement, and so did nothing, from those after which nobody
/// knows: the connection broke, or the server was stopped. Codes are SQLSTATEs (ISO 9075; PostgreSQL's
/// appendix A) or a vendor's numbers. Npgsql 10 writes them as an attribute; before, they stood in the
/// message
/// of the status or of the exception: <c>23505: duplicate key value …</c>.
/// </summary>
internal static class DatabaseRefusals
{
    const int StateLength = 5;

    // Of SQL Server (time limits, transport, the service's own troubles) and of MySQL (2006, 2013: gone;
    // 1317,
    // 3024: interrupted).
    static readonly long[] Unsure =
    [
        -2, -1, 2, 53, 64, 121, 233, 1317, 2006, 2013, 3024, 10053, 10054, 10060, 10928, 10929, 40143, 40197,
        40501, 40613,
    ];

    /// <summary>Whether the error of a span is such a refusal.</summary>
    public static bool IsRefused(SpanTable spans, int span)
    {
        var names = spans.Names;
        var code = spans.Attribute(span, names.DatabaseStatusNumber);
        if (!code.IsNil)
            return IsRefusal(SpanSource.AsText(code), isCode: true);
        foreach (var name in (ReadOnlySpan<int>)
                 [names.ErrorNumber, names.StatusMessageNumber, names.ExceptionMessageNumber])
            if (spans.Attribute(span, name) is { Kind: ValueKind.Text } text
                && IsRefusal(text.AsText, isCode: false))
                return true;
        return false;
    }

    // A vendor's number is taken for one only where it stands in its own attribute.
    static bool IsRefusal(string text, bool isCode)
    {
        var isNumber = long.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (isCode && isNumber && Unsure.Contains(number))
            return false;
        if (IsState(text))
            return !text.StartsWith("08", StringComparison.Ordinal)
                && !text.StartsWith("57", StringComparison.Ordinal)
                && !text.StartsWith("40003", StringComparison.Ordinal);
        return isCode && isNumber;
    }

    // Alone, or before a colon; with a digit, as all have, and words have not.
    static bool IsState(string text)
    {
        if (text.Length < StateLength || (text.Length > StateLength && text[StateLength] != ':'))
            return false;
        var state = text.AsSpan(0, StateLength);
        foreach (var one in state)
            if (!char.IsAsciiDigit(one) && !char.IsAsciiLetterUpper(one))
                return false;
        return state.ContainsAnyInRange('0', '9');
    }
}
