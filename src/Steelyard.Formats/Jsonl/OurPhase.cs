using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Jsonl;

/// <summary>The marks of phases, as <see cref="JsonlWriter"/> writes them: <c>{"mark":"heal"}</c>.</summary>
internal static class OurPhase
{
    static readonly string[] Names = ["load-end", "heal", "settled", "final-reads"];

    /// <summary>True for the mark of a phase: it is no operation and no fault.</summary>
    public static bool IsMark(in EventFields fields) =>
        !fields.Mark.IsNil && fields.Process.IsNil && fields.Type.IsNil && fields.Function.IsNil;

    public static string NameOf(HistoryPhase phase) => Names[(int)phase];

    /// <exception cref="UserMistakeException">It is the name of none.</exception>
    public static HistoryPhase Of(Value mark)
    {
        var place = mark.Kind == ValueKind.Text ? Array.IndexOf(Names, mark.AsText) : -1;
        return place >= 0
            ? (HistoryPhase)place
            : throw new UserMistakeException(
                $"expected the mark {string.Join(", ", Names[..^1])} or {Names[^1]}, found {mark}");
    }

    /// <summary>What an operation of ours is besides.</summary>
    /// <exception cref="UserMistakeException">A field is neither true nor false.</exception>
    public static OperationTraits TraitsOf(in EventFields fields) =>
        (Is(fields.Sent, "sent", otherwise: true) ? OperationTraits.None : OperationTraits.Unsent)
        | (Is(fields.Session, "session", otherwise: false) ? OperationTraits.Session : OperationTraits.None)
        | (Is(fields.Lone, "lone", otherwise: false) ? OperationTraits.Lone : OperationTraits.None)
        | (Is(fields.Final, "final", otherwise: false) ? OperationTraits.Final : OperationTraits.None)
        | (Is(fields.Targeted, "targeted", otherwise: false)
            ? OperationTraits.Targeted : OperationTraits.None);

    static bool Is(Value value, string field, bool otherwise) => value.Kind switch
    {
        ValueKind.Nil => otherwise,
        ValueKind.Boolean => value.AsBoolean,
        _ => throw new UserMistakeException($"expected true or false as {field}, found {value}"),
    };
}
