using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>
/// Rules of one direction as text: <c>4p/15,100%/15,300</c> is four pods or all of them again in 15 s, with a
/// window of 300 s; <c>min</c> or <c>disabled</c> among them says which counts.
/// </summary>
public static class HpaRulesText
{
    /// <summary>Reads them.</summary>
    /// <param name="place">What to name in a message.</param>
    /// <param name="text">The text; <c>-</c> or nothing for what is usual.</param>
    /// <param name="usual">What is usual in this direction.</param>
    /// <exception cref="UserMistakeException">A rule is none.</exception>
    public static HpaRules Read(string place, string text, HpaRules usual)
    {
        if (text is "-" or "")
            return usual;
        var (rules, select, window) = (new List<HpaRule>(), HpaSelect.Max, TimeSpan.Zero);
        foreach (var word in ScalingWords.List(text))
            if (Enum.TryParse<HpaSelect>(word, ignoreCase: true, out var one) && !char.IsAsciiDigit(word[0]))
                select = one;
            else if (word.Contains('/'))
                rules.Add(Rule(place, word));
            else
                window = ScalingWords.Time(place, word);
        return new(rules, window, select);
    }

    static HpaRule Rule(string place, string word)
    {
        var cut = word.IndexOf('/');
        var (amount, period) = (word[..cut], ScalingWords.Time(place, word[(cut + 1)..]));
        var isPercent = amount.EndsWith('%');
        if (!isPercent && !amount.EndsWith('p'))
            throw ScalingWords.Wrong(place, "rules such as 4p/15 or 100%/15", word);
        if (period <= TimeSpan.Zero)
            throw ScalingWords.Wrong(place, "a period above 0", word);
        return new(ScalingWords.Whole(place, amount[..^1], 1), isPercent, period);
    }
}
