using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>Lists of words for a name, as options take them: <c>ok=200,201,fail=409</c>. A word without a
/// name
/// belongs to the name before it.</summary>
internal static class WordMap
{
    /// <summary>The pairs, in the order in which they stand.</summary>
    /// <exception cref="UserMistakeException">A name or a word is missing.</exception>
    public static IEnumerable<(string Name, string Word)> Parse(string option, string text, string example)
    {
        string? name = null;
        foreach (var part in text.Split(','))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var word = part[(at + 1)..].Trim();
            name = at < 0 ? name : part[..at].Trim();
            if (string.IsNullOrEmpty(name) || word.Length == 0)
                throw new UserMistakeException(
                    $"{option}: expected name=word,… such as {example}, found \"{text}\"");
            yield return (name, word);
        }
    }
}
