using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling.Questions;

/// <summary>What a question is asked with.</summary>
internal sealed class QuestionWords(ScalingQuestion question, IReadOnlyDictionary<string, string> given)
{
    /// <summary>As it was written, or what is usual.</summary>
    public string Text(string name)
    {
        var parameter = question.Parameters.First(one => one.Name == name);
        var text = given.TryGetValue(name, out var told) ? told.Trim() : parameter.Usual;
        return text.Length > 0 ? text : throw new UserMistakeException(
            $"--{name}: expected {parameter.Meaning}, found nothing");
    }

    /// <summary>Whether something was told.</summary>
    public bool Has(string name) => given.ContainsKey(name);

    public int Whole(string name, int least = 0) => ScalingWords.Whole($"--{name}", Text(name), least);

    public double Number(string name) => ScalingWords.Number($"--{name}", Text(name));

    public double Above0(string name) => ScalingWords.AtLeast0($"--{name}", Text(name)) is var number
        && number > 0 ? number : throw ScalingWords.Wrong($"--{name}", "a number above 0", Text(name));

    public double Share(string name) => ScalingWords.Share($"--{name}", Text(name));

    public TimeSpan Time(string name) => ScalingWords.Time($"--{name}", Text(name));

    /// <summary>Times, which may be before a beginning.</summary>
    public TimeSpan SignedTime(string name) => Text(name) is var text && text.StartsWith('-')
        ? -ScalingWords.Time($"--{name}", text[1..])
        : ScalingWords.Time($"--{name}", text);

    public string OneOf(string name, params string[] known) =>
        ScalingWords.OneOf($"--{name}", Text(name), known);

    /// <summary>Parts between commas; none of a dash.</summary>
    public IReadOnlyList<string> List(string name) =>
        Text(name) is var text && text == "-" ? [] : ScalingWords.List(text);

    /// <summary>Whole numbers between commas; thousandths where they are told in whole ones with a point,
    /// and a
    /// <c>m</c> behind is thousandths.</summary>
    public IReadOnlyList<long> Thousandths(string name) =>
        [.. List(name).Select(word => Thousandth(name, word))];

    /// <summary>Counts with how long ago they were, as <c>7@58s</c>.</summary>
    public IReadOnlyList<(int Count, TimeSpan Ago)> CountsAgo(string name) => [.. List(name).Select(word =>
    {
        var cut = word.IndexOf('@');
        return cut <= 0
            ? throw ScalingWords.Wrong($"--{name}", "counts and how long ago, as 7@58s", word)
            : (ScalingWords.Whole($"--{name}", word[..cut]),
                ScalingWords.Time($"--{name}", word[(cut + 1)..]));
    })];

    static long Thousandth(string name, string word)
    {
        var place = $"--{name}";
        return word.EndsWith('m') ? ScalingWords.Whole(place, word[..^1], 0)
            : word.Contains('.') ? (long)Math.Round(ScalingWords.AtLeast0(place, word) * 1000)
            : long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                ? whole
            : throw ScalingWords.Wrong(place, "thousandths such as 300 or 300m, or 0.3", word);
    }
}
