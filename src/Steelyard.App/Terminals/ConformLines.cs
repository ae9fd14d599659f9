using Steelyard.Services.Designs.Idempotency;

namespace Steelyard.App.Terminals;

/// <summary>The result of a conformance suite as a table, with what was sent and what came back.</summary>
/// <param name="terminal">Where it goes.</param>
/// <param name="isStrict">Whether a failed SHOULD counts too.</param>
internal sealed class ConformLines(Terminal terminal, bool isStrict)
{
    const int MostExchanges = 8;

    public void Write(ConformanceResult result, bool withExchanges)
    {
        terminal.Line($"{result.Target}: idempotency, {result.Results.Count} cases");
        foreach (var one in result.Results)
        {
            var of = one.Case;
            terminal.Line($"  {Word(one),-4} {of.Id,2}  {of.Name,-34}  {of.Force}");
            terminal.Line($"           {one.Explanation}");
            if (one.Outcome == CaseOutcome.Fail)
                terminal.Line($"           expected: {of.Expected}");
            if (withExchanges || one.Outcome == CaseOutcome.Fail)
                Write(one.Exchanges, withExchanges ? int.MaxValue : MostExchanges);
        }

        var binding = result.Results.Count(one => one.Outcome == CaseOutcome.Fail && one.Case.IsBinding);
        terminal.Line(
            $"{result.Count(CaseOutcome.Pass)} passed, {result.Count(CaseOutcome.Fail)} failed"
            + $" ({binding} of them a MUST or money), {result.Count(CaseOutcome.Skip)} skipped.");
    }

    void Write(IReadOnlyList<Exchange> exchanges, int most)
    {
        foreach (var exchange in exchanges.Take(most))
            terminal.Line($"             {exchange.Sent}  →  {exchange.Came}");
        if (exchanges.Count > most)
            terminal.Line($"             and {exchanges.Count - most} more; --exchanges or --json has all");
    }

    string Word(CaseResult result) => result.Outcome switch
    {
        CaseOutcome.Pass => "pass",
        CaseOutcome.Skip => "skip",
        CaseOutcome.Fail when !isStrict && !result.Case.IsBinding => "warn",
        _ => "FAIL",
    };
}
