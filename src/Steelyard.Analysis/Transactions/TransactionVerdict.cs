using System.Globalization;
using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions;

/// <summary>From anomalies to the verdict on a consistency model.</summary>
internal static class TransactionVerdict
{
    /// <summary>The verdict. All anomalies found are listed, also those the model allows.</summary>
    /// <param name="checker">The checker's name.</param>
    /// <param name="model">The model asked for.</param>
    /// <param name="columns">The transactions.</param>
    /// <param name="findings">The anomalies.</param>
    /// <param name="seen">The kinds of edges there were: with none that the model looks at, nothing was
    /// tested.</param>
    /// <param name="broken">Models found broken besides those that the findings rule out.</param>
    public static Verdict Of(
        string checker, string model, TransactionColumns columns, Findings findings, EdgeKinds seen,
        IReadOnlyList<string>? broken = null)
    {
        var ruledOut = ConsistencyLattice.RuledOut(Types(columns, findings), broken ?? []);
        var verdict = Judge(checker, model, columns, findings, ruledOut, seen);
        return verdict with
        {
            Anomalies = Ordered(findings, model),
            NotModels = ruledOut,
            StandingModels = [.. ConsistencyLattice.ModelNames.Except(ruledOut, StringComparer.Ordinal)],
        };
    }

    static Verdict Judge(
        string checker, string model, TransactionColumns columns, Findings findings,
        IReadOnlyList<string> ruledOut, EdgeKinds seen)
    {
        var found = Counted(findings);
        if (ruledOut.Contains(model))
            return Verdict.Broken(checker, Ordered(findings, model)) with
            {
                Summary = $"not {model}: {found}; ruled out from"
                    + $" {string.Join(" and ", ConsistencyLattice.Weakest(ruledOut))} upward",
            };
        if (columns.History.TellsRealTime && (seen & LooksAt(model)) == EdgeKinds.None)
            return Verdict.Undecided(checker, "no transaction depends on another, so nothing was tested");
        if (Telling(model) is { } telling && ruledOut.Contains(telling))
            return Verdict.Undecided(
                checker, $"{model} is a model of single objects; transactions tell of it only where"
                    + $" {telling} stands, and that is ruled out: {found}");
        var allows = found.Length == 0 ? "no anomaly" : $"it allows what was found: {found}";
        return Verdict.Holds(checker, $"{Number(columns.Count)} transactions keep {model}: {allows}");
    }

    // What no anomaly of transactions contradicts holds for sure only where a model does that asks no less.
    static string? Telling(string model) => model switch
    {
        "linearizable" or "2-atomic" => "strict-serializable",
        "sequential" => "strong-session-serializable",
        _ => null,
    };

    // Where sessions are all the order there is, every model counts them.
    static IEnumerable<string> Types(TransactionColumns columns, Findings findings)
    {
        const string OfProcesses = "-process";
        var types = findings.Counts.Keys;
        return columns.History.TellsRealTime
            ? types
            : types.Concat(types.Where(type => type.EndsWith(OfProcesses, StringComparison.Ordinal))
                .Select(type => type[..^OfProcesses.Length]));
    }

    // Models that ask nothing of processes or real time are not tested by their order.
    static EdgeKinds LooksAt(string model)
    {
        if (ConsistencyLattice.Forbids(model, "G0-realtime"))
            return EdgeKinds.Data | EdgeKinds.Process | EdgeKinds.Realtime;
        return ConsistencyLattice.Forbids(model, "G0-process")
            ? EdgeKinds.Data | EdgeKinds.Process
            : EdgeKinds.Data;
    }

    // First what breaks the model, the gravest first.
    static IReadOnlyList<Anomaly> Ordered(Findings findings, string model)
    {
        var forbidden = findings.Counts.Keys.Where(type => ConsistencyLattice.Forbids(model, type)).ToHashSet(
            StringComparer.Ordinal);
        return [.. findings.InOrder().OrderBy(found => forbidden.Contains(found.Type) ? 0 : 1)];
    }

    static string Counted(Findings findings) => string.Join(
        ", ",
        findings.Counts.OrderBy(type => ConsistencyLattice.Severity(type.Key))
            .Select(type => type.Value == 1 ? type.Key : $"{type.Key} ({Number(type.Value)} times)"));

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
