using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling.Amazon;

/// <summary>
/// Steps as text: <c>60:+10%,70:+30%</c> is ten percent more from 60 on and thirty from 70 on; <c>-2</c> is
/// two fewer, and <c>=5</c> five outright.
/// </summary>
public static class StepsText
{
    /// <summary>Reads them.</summary>
    /// <param name="place">What to name in a message.</param>
    /// <param name="text">The text; <c>-</c> or nothing for none.</param>
    /// <param name="apart">What stands between a value and its adjustment.</param>
    /// <exception cref="UserMistakeException">A step is none.</exception>
    public static IReadOnlyList<ScalingStep> Read(string place, string text, char apart = ':') =>
        text is "-" ? [] : [.. ScalingWords.List(text).Select(word =>
        {
            var cut = word.IndexOf(apart);
            if (cut <= 0)
                throw ScalingWords.Wrong(place, $"steps such as 60{apart}+10% or 75{apart}+3", word);
            return new ScalingStep(
                ScalingWords.Number(place, word[..cut].TrimEnd('%')), Change(place, word[(cut + 1)..]));
        })];

    /// <summary>Reads one adjustment.</summary>
    /// <param name="place">What to name in a message.</param>
    /// <param name="text">As <c>+2</c>, <c>-10%</c> or <c>=5</c>.</param>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static Adjustment Change(string place, string text)
    {
        if (text.StartsWith('='))
            return new(AdjustmentKind.Exact, ScalingWords.Whole(place, text[1..], 0));
        if (text.Length == 0 || text[0] is not ('+' or '-'))
            throw ScalingWords.Wrong(place, "a change such as +2, -10% or =5", text);
        return text.EndsWith('%')
            ? new(AdjustmentKind.Percent, ScalingWords.Number(place, text[..^1]))
            : new(AdjustmentKind.Change, ScalingWords.Whole(place, text));
    }
}
