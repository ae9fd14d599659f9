using Steelyard.Histories;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What is judged of an architecture that keeps state: effects that were lost or doubled.</summary>
internal static class ArchitectureVerdicts
{
    public static IReadOnlyList<Verdict> Of(ArchitectureAccount account)
    {
        var ledger = account.Ledger;
        List<Verdict> verdicts = [];
        if (PushOutcome.Of(account) is { } outcome)
            verdicts.Add(outcome.Judge());
        if (ledger.Acknowledged > 0)
            verdicts.AddRange(OfEffects(ledger));
        return verdicts;
    }

    static IEnumerable<Verdict> OfEffects(EffectLedger ledger) =>
        [
            Judged(
                "no-lost-effects", "No write is lost once its client was told that it happened", ledger.Lost,
                ledger.Acknowledged, "acknowledged writes are lost"),
            Judged("no-double-effects", "No write takes effect twice", ledger.Doubled,
                ledger.Applied + ledger.Doubled, "effects were those of a write that had taken effect"),
        ];

    static Verdict Judged(string name, string sentence, long broken, long of, string what)
    {
        var found = FormattableString.Invariant($"{broken:N0} of {of:N0} {what}");
        return (broken == 0 ? Verdict.Holds(name, found) : Verdict.Broken(
            name, new Anomaly(name, found, []))) with
        {
            Sentence = sentence,
        };
    }
}
