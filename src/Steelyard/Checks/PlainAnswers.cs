using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>
/// Recorders differ in what the ok of a change carries: what the object returned, nothing, or the argument
/// again. The last two are no observations.
/// </summary>
internal static class PlainAnswers
{
    /// <summary>The same history, in which a change that only repeats its argument answered
    /// nothing.</summary>
    /// <param name="history">The recording.</param>
    /// <param name="changes">The functions that change something, and may or may not say how that
    /// went.</param>
    /// <remarks>An argument that can pass for an answer (true, false, 0 or 1) is taken as one, unless the
    /// recording as a whole repeats arguments.</remarks>
    public static History WithoutEchoes(History history, params IReadOnlyList<string> changes)
    {
        var (echoes, clearEchoes, answers) = (0, 0, 0);
        foreach (var operation in history.Operations)
        {
            if (operation.Outcome != Outcome.Ok || operation.Output.IsNil
                || !changes.Contains(operation.Function))
                continue;
            if (operation.Output != operation.Input)
                answers++;
            else if (PassesForAnswer(operation.Input))
                echoes++;
            else
                clearEchoes++;
        }

        if (clearEchoes == 0 && (echoes == 0 || answers > 0))
            return history;
        return RewrittenHistory.Of(
            history, operation => operation.Function,
            operation => changes.Contains(operation.Function) && operation.Output == operation.Input
                ? Value.Nil
                : operation.Output);
    }

    static bool PassesForAnswer(Value input) =>
        input.Kind == ValueKind.Boolean || (input.IsInteger && input.AsInteger is 0 or 1);
}
