using System.Globalization;
using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions;

/// <summary>From what was decided to the verdict on a consistency model.</summary>
internal static class TransactionVerdict
{
    /// <summary>The verdict. All anomalies found are listed, also those the model allows.</summary>
    /// <param name="checker">The checker's name.</param>
    /// <param name="model">The model asked for.</param>
    /// <param name="columns">The transactions.</param>
    /// <param name="findings">The anomalies.</param>
    /// <param name="decisions">The models decided.</param>
    /// <param name="seen">The kinds of edges there were: with none that the model looks at, nothing was
    /// tested.</param>
    public static Verdict Of(
        string checker, string model, TransactionColumns columns, Findings findings,
        ModelDecisions decisions, EdgeKinds seen) =>
        Judge(checker, model, columns, findings, decisions, seen) with
        {
            Anomalies = Ordered(findings, model),
            NotModels = decisions.Broken,
            HeldModels = decisions.Held,
            UndecidedModels = decisions.Undecided,
        };

    static Verdict Judge(
        string checker, string model, TransactionColumns columns, Findings findings,
        ModelDecisions decisions, EdgeKinds seen)
    {
        var found = Counted(findings);
        if (decisions.IsBroken(model))
            return Verdict.Broken(checker, Ordered(findings, model)) with
            {
                Summary = $"not {model}: {found}; ruled out from"
                    + $" {string.Join(" and ", TransactionLattice.Weakest(decisions.Broken))} upward",
            };
        if (columns.History.TellsRealTime && (seen & LooksAt(model)) == EdgeKinds.None)
            return Verdict.Undecided(checker, "no transaction depends on another, so nothing was tested");
        if (!AnyRead(columns))
            return Verdict.Undecided(checker, "no read was completed, so nothing was observed");
        if (!decisions.IsHeld(model))
            return Verdict.Undecided(checker, decisions.ReasonOf(model));
        var others = found.Length == 0 ? "" : $"; other models are broken: {found}";
        return Verdict.Holds(checker, $"{Number(columns.Count)} transactions keep {model}{others}");
    }

    static bool AnyRead(TransactionColumns columns)
    {
        for (var transaction = 0; transaction < columns.Count; transaction++)
            if (columns.Outcomes[transaction] == Outcome.Ok)
                for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
                    if (columns.Kinds[step] == StepKind.Read)
                        return true;
        return false;
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
        var forbidden = findings.Counts.Keys.Where(type => Breaks(type, model)).ToHashSet(
            StringComparer.Ordinal);
        return [.. findings.InOrder().OrderBy(found => forbidden.Contains(found.Type) ? 0 : 1)];
    }

    // A guarantee's own name is also that of what breaks it, or with "not-" before.
    static bool Breaks(string type, string model) => TransactionLattice.Implied(model).Contains(type)
        || (type.StartsWith("not-", StringComparison.Ordinal)
            && TransactionLattice.Implied(model).Contains(type[4..]))
        || TransactionLattice.Implied(model).Any(weaker => ConsistencyLattice.Forbids(weaker, type));

    static string Counted(Findings findings) => string.Join(
        ", ",
        findings.Counts.OrderBy(type => ConsistencyLattice.Severity(type.Key))
            .Select(type => type.Value == 1 ? type.Key : $"{type.Key} ({Number(type.Value)} times)"));

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
