using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// What the checkers of effects read from a history, in one place: replica states, final reads, ids, money.
/// </summary>
internal static class EffectEvidence
{
    /// <summary>A verdict names at most this many anomalies: the rest repeat the tale.</summary>
    public const int MostAnomalies = 10;

    /// <summary>The completed reads of single replicas, in order of invocation.</summary>
    public static List<Operation> ReplicaStates(History history) =>
        [.. history.Operations.Where(o => o.Function == Functions.ReplicaState && o.Outcome == Outcome.Ok)];

    /// <summary>
    /// The replica an operation read, as people call it: its key, else its place among the operations.
    /// </summary>
    public static string ReplicaName(Operation state) => state.Key.Kind switch
    {
        ValueKind.Text => state.Key.AsText,
        ValueKind.Nil => $"the replica of operation {state.RecordedIndex}",
        _ => $"replica {state.Key}",
    };

    /// <summary>
    /// The position from which reads are final: the mark that says so, else the last event of the writing
    /// function (a history written by hand has no such mark).
    /// </summary>
    public static int FinalReadsBegin(History history, string writes)
    {
        if (history.Phases.FinalReads is { } begin)
            return begin.Position;
        var last = -1;
        foreach (var operation in history.Operations)
            if (operation.Function == writes)
                last = Math.Max(
                    last, operation.Outcome == Outcome.Open ? operation.InvokedAt : operation.CompletedAt);
        return last;
    }

    /// <summary>The id an operation carries: the <c>id</c> of a map, else the argument itself.</summary>
    public static Value IdOf(Operation operation) => Field(operation.Input, "id", operation.Input);

    /// <summary>A field of a map, or what stands in its place when it is no map.</summary>
    public static Value Field(Value value, string name, Value otherwise) =>
        value.Kind == ValueKind.Map ? value[name] : otherwise;

    /// <summary>
    /// When an operation can no longer take effect: its completion, or never when its outcome is unknown.
    /// </summary>
    public static int EndOfEffect(Operation operation) =>
        operation.Outcome is Outcome.Ok or Outcome.Fail ? operation.CompletedAt : int.MaxValue;

    /// <summary>Cents as money: <c>$12.50</c>, <c>−$3.00</c>.</summary>
    public static string Money(long cents)
    {
        var magnitude = Math.Abs((decimal)cents) / 100;
        return (cents < 0 ? "−$" : "$") + magnitude.ToString("N2", CultureInfo.InvariantCulture);
    }

    /// <summary>A count with its noun: <c>1 transfer</c>, <c>3 transfers</c>.</summary>
    public static string Count(long number, string noun, string? plural = null) =>
        FormattableString.Invariant($"{number:N0} {(number == 1 ? noun : plural ?? noun + "s")}");

    /// <summary>A verb after a count: <c>is</c> after one, <c>are</c> after many.</summary>
    public static string Are(long number) => number == 1 ? "is" : "are";
}
