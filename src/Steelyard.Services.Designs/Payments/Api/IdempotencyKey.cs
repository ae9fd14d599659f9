namespace Steelyard.Services.Designs.Payments.Api;

/// <summary>
/// The header of draft-ietf-httpapi-idempotency-key-header: a String of structured fields (RFC 8941, section
/// 3.3.3), so it stands in quotes.
/// </summary>
internal static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Reads the header's value.</summary>
    /// <param name="value">As it came; null where it did not.</param>
    /// <param name="takesBare">Whether a key without quotes is taken too, as many clients send it.</param>
    /// <returns>The key, or what is wrong.</returns>
    public static (string? Key, string? Problem) Parse(string? value, bool takesBare)
    {
        if (string.IsNullOrEmpty(value))
            return (null, $"expected the header {Header}, found none");
        var bare = takesBare && !value.Contains('"', StringComparison.Ordinal) ? value : null;
        var key = Quoted(value) ?? bare;
        return key switch
        {
            null => (null, $"{Header}: expected a text in quotes (RFC 8941)"),
            "" => (null, $"{Header}: expected a key, found an empty text"),
            { Length: > PaymentsPolicy.LongestKey } =>
                (null, $"{Header}: expected at most {PaymentsPolicy.LongestKey} characters"),
            _ => (key, null),
        };
    }

    static string? Quoted(string value)
    {
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
            return null;
        var text = new System.Text.StringBuilder();
        for (var at = 1; at < value.Length - 1; at++)
        {
            if (value[at] is '"' or < ' ' or > '~')
                return null;
            if (value[at] == '\\' && (++at >= value.Length - 1 || value[at] is not ('"' or '\\')))
                return null;
            text.Append(value[at]);
        }

        return text.ToString();
    }
}
