using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>How the words of an outcome column are read.</summary>
internal sealed class OutcomeWords
{
    const string Anything = "*";
    const string Refused = "refused";

    readonly List<(string Name, string Word, decimal From, decimal To, bool IsRange)> _rules = [];

    OutcomeWords()
    {
    }

    /// <summary>ok, fail and info, as they are.</summary>
    public static OutcomeWords Usual { get; } = new();

    /// <summary>The words that were given, or the usual ones, for messages.</summary>
    public string Shown { get; private init; } =
        "ok, fail and info, or --outcome ok=200..299,fail=409,info=*";

    /// <summary>Reads <c>ok=200..299,fail=409,info=timeout,503</c>: words, numbers, ranges of numbers, and *
    /// for
    /// whatever is left.</summary>
    /// <exception cref="UserMistakeException">It has another form, or a word stands twice.</exception>
    public static OutcomeWords Parse(string text)
    {
        var words = new OutcomeWords { Shown = $"a word of --outcome {text}" };
        foreach (var (name, word) in WordMap.Parse("--outcome", text, "ok=200..299,fail=409,info=timeout"))
        {
            if (name is not ("ok" or "fail" or "info" or Refused))
                throw new UserMistakeException(
                    $"--outcome: expected ok, fail, info or {Refused} before =, found \"{name}\"");
            var range = word.Split("..");
            var isRange = range.Length == 2;
            var (from, to) = (0m, 0m);
            if (isRange && !(IsNumber(range[0], out from) && IsNumber(range[1], out to) && from <= to))
                throw new UserMistakeException(
                    $"--outcome: expected a range of numbers such as 200..299, found \"{word}\"");
            if (words._rules.Find(rule => rule.Word == word) is { Name: { } other } && other != name)
                throw new UserMistakeException(
                    $"--outcome: expected each word once, found {word} as {other} and {name}");
            words._rules.Add((name, word, from, to, isRange));
        }

        return words;
    }

    /// <summary>How an operation with a word ended; null where nobody said. A word of its own goes before a
    /// range, and a range before *.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isRefusal">True when it did not happen for a reason that says nothing of the
    /// state.</param>
    public Outcome? Of(string word, out bool isRefusal)
    {
        var name = Named(word);
        isRefusal = name == Refused;
        return name switch
        {
            "ok" => Outcome.Ok,
            "fail" or Refused => Outcome.Fail,
            "info" => Outcome.Info,
            _ => null,
        };
    }

    string? Named(string word)
    {
        foreach (var rule in _rules)
            if (!rule.IsRange && rule.Word == word)
                return rule.Name;
        if (IsNumber(word, out var number))
            foreach (var rule in _rules)
                if (rule.IsRange && rule.From <= number && number <= rule.To)
                    return rule.Name;
        var usual = word.ToLowerInvariant();
        if (usual is "ok" or "fail" or "info")
            return usual;
        return _rules.Find(rule => rule.Word == Anything).Name ?? (word.Length == 0 ? "info" : null);
    }

    static bool IsNumber(string word, out decimal number) =>
        decimal.TryParse(word, NumberStyles.Number, CultureInfo.InvariantCulture, out number);
}
