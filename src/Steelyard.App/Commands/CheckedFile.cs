using Steelyard.Checks;
using Steelyard.Histories;

namespace Steelyard.App.Commands;

/// <summary>What came of one file of a <c>check</c>: a judgement, or a mistake.</summary>
/// <param name="Path">The file.</param>
/// <param name="Check">The judgement; null when there is a mistake.</param>
/// <param name="Mistake">What is wrong with the file, in one line; null when it was judged.</param>
/// <param name="PeakBytes">The most memory the process had held by then.</param>
internal sealed record CheckedFile(string Path, HistoryCheck? Check, string? Mistake, long PeakBytes)
{
    /// <summary>One word for several files; null when none is Invalid and one could not be judged.</summary>
    public static Validity? Overall(IReadOnlyList<CheckedFile> files)
    {
        var judged = Verdict.Overall(files.SelectMany(file => file.Check?.Verdicts ?? []));
        return judged != Validity.Invalid && files.Any(file => file.Mistake is not null) ? null : judged;
    }

    /// <summary>A mistake outranks every verdict: what was asked could not be answered.</summary>
    public static int ExitCode(IReadOnlyList<CheckedFile> files) =>
        files.Any(file => file.Mistake is not null)
            ? ExitCodes.UserMistake
            : ExitCodes.Of(Verdict.Overall(files.SelectMany(file => file.Check!.Verdicts)));
}
