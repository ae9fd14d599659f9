using Steelyard.Analysis.Models;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads;

/// <summary>Whoever is asked repeats what was said (Maelstrom's <c>echo</c>): every completed <c>echo</c>
/// returns its argument, bare or as the <c>echo</c> of the message that answered.</summary>
public sealed class Echoes : IChecker
{
    const string Echo = "echo";

    /// <inheritdoc/>
    public string Name => Echo;

    /// <inheritdoc/>
    public string Sentence => "Every answer repeats what was said";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (answered, silent, senders) = (0, 0, Senders(history));
        foreach (var operation in history.Operations)
        {
            if (operation.Function != Echo || operation.Outcome != Outcome.Ok)
                continue;
            if (operation.Output.IsNil && !operation.Input.IsNil)
                silent++;
            else if (Repeats(operation))
                answered++;
            else
                AddWrong(findings, operation, senders);
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return (answered, silent) switch
        {
            (_, > 0) => Verdict.Undecided(Name, $"{Count(silent, "answer")} {Are(silent)} not told"),
            (0, _) => Verdict.Undecided(Name, "nothing was answered"),
            _ => Verdict.Holds(Name, $"{Count(answered, "answer")}, each what was said"),
        };
    }

    static Dictionary<Value, Operation> Senders(History history)
    {
        var senders = new Dictionary<Value, Operation>();
        foreach (var operation in history.Operations)
            if (operation.Function == Echo)
                senders.TryAdd(operation.Input, operation);
        return senders;
    }

    static bool Repeats(Operation echo) => echo.Output == echo.Input || Answer(echo) == echo.Input;

    static Value Answer(Operation echo) =>
        echo.Output.Kind == ValueKind.Map && !echo.Output[Echo].IsNil ? echo.Output[Echo] : echo.Output;

    static void AddWrong(WorkloadFindings findings, Operation wrong, Dictionary<Value, Operation> senders)
    {
        var answer = Answer(wrong);
        var other = senders.TryGetValue(answer, out var sender) && sender.Index != wrong.Index
            ? sender : (Operation?)null;
        findings.Add(
            WrongAnswers.Type,
            () => $"process {wrong.ProcessName} said {wrong.Input} and was answered {answer}"
                + (other is { } asked ? $", which process {asked.ProcessName} had said" : ""),
            other is { } one ? [one.Index, wrong.Index] : [wrong.Index]);
    }
}
