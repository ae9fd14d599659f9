using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>
/// Answers that contradict what was asked: a write of 256 that was acknowledged as one of 264 was given
/// another request's answer. Such an answer is no observation of a state, so no order of operations explains
/// it.
/// </summary>
/// <remarks>
/// Recorders differ in what an ok of a write carries: nothing, the argument again, or a word or number of the
/// system's own (a count, a version) that has nothing to do with the argument. So a differing answer counts
/// only where the recording as a whole repeats arguments, or has no other answer.
/// </remarks>
internal static class WrongAnswers
{
    /// <summary>What such an anomaly is called.</summary>
    public const string Type = "wrong-answer";

    /// <summary>The first such answer; null when there is none.</summary>
    public static Anomaly? Find(Model model, History history)
    {
        var (echoes, others) = (0, 0);
        for (var i = 0; i < history.Count; i++)
        {
            if (!MayRepeat(model, history[i]))
                continue;
            if (history[i].Output == history[i].Input)
                echoes++;
            else if (Contradicts(history[i]))
                others++;
        }

        var repeats = echoes >= others || echoes + others == 1;
        return others > 0 && repeats ? First(model, history) : null;
    }

    static Anomaly First(Model model, History history)
    {
        for (var i = 0; i < history.Count; i++)
            if (MayRepeat(model, history[i]) && Contradicts(history[i]))
                return Tell(model, history, history[i]);
        throw new InvalidOperationException("an answer that was counted is not there any more");
    }

    static Anomaly Tell(Model model, History history, Operation wrong)
    {
        var what = $"process {wrong.ProcessName} was given another request's answer:"
            + $" {wrong.Function} {wrong.Input} was answered {wrong.Output}";
        foreach (var other in history.Operations)
            if (other.Index != wrong.Index && other.Input == wrong.Output && other.Key == wrong.Key
                && model.RepeatsInput(other))
                return new(
                    Type, $"{what}, which process {other.ProcessName} had asked for",
                    [wrong.Index, other.Index]);
        return new(Type, what, [wrong.Index]);
    }

    static bool MayRepeat(Model model, Operation operation) =>
        operation.Outcome == Outcome.Ok && !operation.Output.IsNil && model.RepeatsInput(operation);

    // A word or number of another kind than the argument is the system's own; so is the whole text after an
    // append.
    static bool Contradicts(Operation operation)
    {
        var (asked, answered) = (operation.Input, operation.Output);
        return asked != answered && asked.Kind == answered.Kind && asked.Kind switch
        {
            ValueKind.List => asked.AsList.Length == answered.AsList.Length,
            ValueKind.Text => !answered.AsText.EndsWith(asked.AsText, StringComparison.Ordinal),
            _ => true,
        };
    }
}
