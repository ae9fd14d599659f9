using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Sweeps;

namespace Steelyard.Comparisons;

/// <summary>What is run with some options otherwise: what it is compared with.</summary>
/// <param name="Name">What is otherwise, as it was written: <c>api.workers=32</c>.</param>
/// <param name="Run">The run, with any seed.</param>
internal sealed record Variant(string Name, RunRequest Run)
{
    // More names than these nobody reads.
    const int MostNamed = 30;

    /// <summary>The same run under other options.</summary>
    /// <param name="what">What it is compared with.</param>
    /// <param name="settings">What is otherwise, as <c>name=value</c>; at least one.</param>
    /// <exception cref="UserMistakeException">One is no option of it, or has no such value.</exception>
    public static Variant Of(RunRequest what, IReadOnlyList<string> settings)
    {
        var changes = settings.Select(text => Read(what, text)).ToList();
        var twice = changes.GroupBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault(
            same => same.Count() > 1);
        if (twice is not null)
            throw new UserMistakeException(
                $"--against {twice.Key}: expected each option once, found it {twice.Count()} times");
        try
        {
            var run = VariedRun.Of(what, changes, [.. changes.Select(one => one.Values[0])]);
            run.MustFit();
            return new(string.Join(' ', settings), run);
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException($"--against {mistake.Message.TrimStart('-')}", mistake);
        }
    }

    static Variation Read(RunRequest what, string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1)
            throw new UserMistakeException(
                $"--against: expected name=value such as rate=20, found \"{text}\"");
        var name = text[..at];
        List<string> names = [.. what.Design.Options.Select(option => option.Name), .. VariedRun.CommonNames];
        if (names.Contains(name, StringComparer.Ordinal))
            return new(name, [text[(at + 1)..]]) { Written = text };
        var suggestion = Suggestion.For(name, names);
        throw new UserMistakeException(
            $"--against: {what.Design.Name} has no option {name}"
            + (names.Count <= MostNamed ? $"; it has {string.Join(", ", names)}" : "") + suggestion);
    }
}
