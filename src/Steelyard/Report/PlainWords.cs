using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>What verdicts mean, for a reader who never met them.</summary>
internal static class PlainWords
{
    /// <summary>The word of a verdict; a limit that ran out is never a success.</summary>
    public static string OfVerdict(Validity validity) => validity switch
    {
        Validity.Valid => "held",
        Validity.Invalid => "broke",
        Validity.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(validity), validity, "no such verdict"),
    };

    /// <summary>The verdicts of a run in one sentence.</summary>
    public static string Headline(string subject, IReadOnlyList<Verdict> verdicts)
    {
        var held = verdicts.Count(v => v.Validity == Validity.Valid);
        var broke = verdicts.Count(v => v.Validity == Validity.Invalid);
        var unknown = verdicts.Count - held - broke;
        if (verdicts.Count == 0)
            return $"{subject} was run; nothing was asked of it";
        if (held == verdicts.Count)
            return verdicts.Count == 1 ? $"{subject} kept its promise"
                : $"{subject} kept {All(held)} promises";
        if (broke == 0)
            return held == 0
                ? $"{subject} kept none of its promises for sure; {Number(unknown)} could not be decided"
                : $"{subject} kept {Number(held)} of {Number(verdicts.Count)} promises;"
                    + $" {Number(unknown)} could not be decided";
        var broken = verdicts.Count == 1
            ? $"{subject} broke its promise"
            : broke == verdicts.Count ? $"{subject} broke {All(broke)} promises"
            : $"{subject} broke {Number(broke)} of {Number(verdicts.Count)} promises";
        return unknown == 0 ? broken : $"{broken}, and {Number(unknown)} could not be decided";
    }

    /// <summary>First letter upper-case.</summary>
    public static string Capitalized(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    static string All(int count) => count == 2 ? "both" : $"all {Number(count)}";

    static string Number(int count) => count switch
    {
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        7 => "seven",
        8 => "eight",
        9 => "nine",
        _ => $"{count}",
    };
}
