namespace Steelyard.Histories;

/// <summary>Guesses what somebody meant by a word nobody knows.</summary>
public static class Suggestion
{
    /// <summary>The nearest known word as <c>; did you mean "x"?</c>, or nothing when none is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been; the first of equally near ones is taken.</param>
    public static string For(string word, IEnumerable<string> known)
    {
        var best = known
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(guess => guess.Distance <= Math.Max(2, word.Length / 3))
            .OrderBy(guess => guess.Distance)
            .FirstOrDefault();
        return best.Candidate is null ? "" : $"; did you mean \"{best.Candidate}\"?";
    }

    /// <summary>
    /// Edits that turn one word into the other: insertions, deletions, replacements and swaps of neighbours
    /// (optimal string alignment, Damerau 1964).
    /// </summary>
    internal static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
                rows[i, j] = Math.Min(replaced, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }

        return rows[from.Length, to.Length];
    }

    static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
