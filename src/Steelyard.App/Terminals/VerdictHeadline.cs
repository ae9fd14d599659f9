using Steelyard.Checks;
using Steelyard.Histories;

namespace Steelyard.App.Terminals;

/// <summary>What became of the promises in one line. What is judged besides them, such as whether enough
/// succeeded to tell, is no promise and counts as none.</summary>
internal static class VerdictHeadline
{
    /// <summary>The line, as markup of the console.</summary>
    /// <param name="verdicts">Those on promises, and all others.</param>
    /// <param name="promises">The names of the promises; null where all verdicts are on promises.</param>
    public static string Of(IReadOnlyList<Verdict> verdicts, IReadOnlyCollection<string>? promises)
    {
        if (verdicts is [{ Checker: HistoryModels.Nothing }])
            return "[bold yellow]Nothing was judged.[/]";
        var besides = verdicts.ToLookup(verdict => promises?.Contains(verdict.Checker) == false);
        var (promised, others) = (besides[false].ToList(), besides[true].Select(other => other.Validity));
        if (promised.Count == 0)
            return "[bold]No promise was made, so none was judged.[/]";
        var (broken, open) = (Count(promised, Validity.Invalid), Count(promised, Validity.Unknown));
        return broken > 0 ? $"[bold red]{Broken(broken, promised.Count)}.[/]"
            : open > 0 ? $"[bold yellow]{Open(open, promised.Count)}.[/]"
            : others.Contains(Validity.Invalid)
                ? $"[bold red]{Held(promised.Count)}, and yet something went wrong.[/]"
            : others.Contains(Validity.Unknown)
                ? $"[bold yellow]{Held(promised.Count)}, in a run that tells little of it.[/]"
            // A run is one seed of many, and says nothing of the others.
            : $"[bold green]{Held(promised.Count)}{(promises is null ? "" : " in this run; 1 seed")}.[/]";
    }

    static int Count(List<Verdict> verdicts, Validity validity) =>
        verdicts.Count(verdict => verdict.Validity == validity);

    static string Broken(int broken, int all) => all == 1 ? "The promise is broken"
        : broken == all ? $"{All(all)} promises broken"
        : $"{broken} of {all} promises broken";

    static string Open(int open, int all) => all == 1 ? "Whether the promise held is not decided"
        : $"{open} of {all} promises not decided";

    static string Held(int all) => all == 1 ? "The promise held" : $"{All(all)} promises held";

    static string All(int count) => count == 2 ? "Both" : $"All {count}";
}
