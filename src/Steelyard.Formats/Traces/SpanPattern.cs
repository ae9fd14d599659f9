using System.Text.RegularExpressions;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>A text, or a regular expression between slashes: <c>/^insert into payments/i</c>. Without
/// lookarounds and references back, so that time grows with the text alone.</summary>
internal sealed class SpanPattern
{
    const int MostRemembered = 4_096;

    readonly string? _text;
    readonly Regex? _regex;

    // The same statements and routes come again and again, as the same strings.
    readonly Dictionary<string, bool> _known = new(ReferenceEqualityComparer.Instance);

    SpanPattern(string? text, Regex? regex)
    {
        _text = text;
        _regex = regex;
    }

    /// <summary>A pattern from how it is written.</summary>
    /// <exception cref="UserMistakeException">It is no regular expression.</exception>
    public static SpanPattern Of(string written)
    {
        var end = written.LastIndexOf('/');
        if (!written.StartsWith('/') || end < 1 || written[(end + 1)..] is not ("" or "i"))
            return new(written, null);
        return new(null, Regex(written[1..end], written.EndsWith('i')));
    }

    /// <summary>A text that is matched as it stands, whatever it begins with.</summary>
    public static SpanPattern Exactly(string text) => new(text, null);

    /// <summary>A regular expression, between slashes or not, with a group to take.</summary>
    /// <exception cref="UserMistakeException">It is no regular expression, or has no group.</exception>
    public static SpanPattern CaptureOf(string written)
    {
        var pattern = Of(written);
        if (pattern._regex is null)
            pattern = new(null, Regex(written, ignoresCase: false));
        return pattern._regex!.GetGroupNumbers().Length > 1 ? pattern : throw new UserMistakeException(
            $"expected a regular expression with a group, such as '/payments/(\\d+)', found \"{written}\"");
    }

    /// <summary>Whether a text fits.</summary>
    public bool Fits(string text)
    {
        if (_regex is null)
            return text == _text;
        if (_known.TryGetValue(text, out var fits))
            return fits;
        fits = _regex.IsMatch(text);
        if (_known.Count < MostRemembered)
            _known.Add(text, fits);
        return fits;
    }

    /// <summary>What its first group took of a text; nil where it does not fit.</summary>
    public Value Captured(string text)
    {
        var match = _regex!.Match(text);
        return match.Success && match.Groups[1].Success ? match.Groups[1].Value : Value.Nil;
    }

    /// <summary>How it is written.</summary>
    public override string ToString() => _text ?? $"/{_regex}/";

    static Regex Regex(string pattern, bool ignoresCase)
    {
        try
        {
            return new(
                pattern,
                RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
                    | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None),
                System.Text.RegularExpressions.Regex.InfiniteMatchTimeout);
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            throw new UserMistakeException(
                $"expected a regular expression without lookarounds, found \"{pattern}\": {broken.Message}",
                    broken);
        }
    }
}
