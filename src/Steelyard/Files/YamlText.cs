using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Steelyard.Histories;

namespace Steelyard.Files;

/// <summary>The few lines of YAML that we write: scalars that read back as the text they were.</summary>
internal static partial class YamlText
{
    /// <summary>A scalar; quoted wherever its plain form could read as something else.</summary>
    public static string Scalar(string text)
    {
        if (Plain().IsMatch(text) && text is not ("null" or "yes" or "no" or "on" or "off"))
            return text;
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                // What YAML takes for a break or a mark would read back as something else.
                < ' ' or '\x7f' or '\x85' or '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        return quoted.Append('"').ToString();
    }

    /// <summary>A value on one line.</summary>
    public static string Of(Value value) => value.Kind switch
    {
        ValueKind.Text => Scalar(value.AsText),
        ValueKind.Boolean => value.AsBoolean ? "true" : "false",
        ValueKind.Real => value.AsReal.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.List => $"[{string.Join(", ", value.AsList.ToArray().Select(Of))}]",
        _ => value.ToString(),
    };

    /// <summary>A list on one line.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Scalar))}]";

    [GeneratedRegex(
        "^-?[A-Za-z0-9_][A-Za-z0-9_./+-]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
