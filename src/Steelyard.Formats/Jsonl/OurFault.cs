using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Jsonl;

/// <summary>Our own fault events, as <see cref="JsonlWriter"/> writes them.</summary>
internal static class OurFault
{
    public static FaultEvent Of(in EventFields fields, long timeNs) => new()
    {
        TimeNs = timeNs,
        Phase = PhaseOf(fields.Phase),
        Kind = Text(fields.Function, "f"),
        Description = fields.Description.IsNil ? "" : Text(fields.Description, "description"),
        Fault = fields.Fault.IsNil ? -1 : Number(fields.Fault),
        Nodes = fields.Nodes.IsNil ? [] : Names(fields.Nodes, "nodes"),
        Cuts = fields.Cuts.IsNil ? [] : CutsOf(fields.Cuts),
        Uncut = fields.Uncut.IsNil ? [] : Names(fields.Uncut, "uncut"),
        Details = fields.Details.Kind is ValueKind.Nil or ValueKind.Map
            ? fields.Details
            : throw new UserMistakeException($"expected a map as details, found {fields.Details}"),
        HadEffect = fields.Effect.Kind switch
        {
            ValueKind.Nil => null,
            ValueKind.Boolean => fields.Effect.AsBoolean,
            _ => throw new UserMistakeException($"expected true or false as effect, found {fields.Effect}"),
        },
    };

    static FaultPhase PhaseOf(Value phase) => Text(phase, "phase") switch
    {
        "start" => FaultPhase.Start,
        "end" => FaultPhase.End,
        "instant" => FaultPhase.Instant,
        var other =>
            throw new UserMistakeException($"expected the phase start, end or instant, found {other}"),
    };

    static IReadOnlyList<LinksCut> CutsOf(Value cuts)
    {
        var all = new List<LinksCut>();
        foreach (var cut in Elements(cuts, "pairs of lists of node names as cuts"))
            all.Add(Elements(cut, "a pair of lists of node names as a cut") is [var from, var to]
                ? new(Names(from, "cuts"), Names(to, "cuts"))
                : throw new UserMistakeException($"expected from and to of a cut, found {cut}"));
        return all;
    }

    static IReadOnlyList<string> Names(Value names, string field)
    {
        var texts = new List<string>();
        foreach (var one in Elements(names, $"a list of node names as {field}"))
            texts.Add(Text(one, field));
        return texts;
    }

    static ReadOnlySpan<Value> Elements(Value list, string expected) => list.Kind == ValueKind.List
        ? list.AsList
        : throw new UserMistakeException($"expected {expected}, found {list}");

    static int Number(Value value) => value.IsInteger && value.AsInteger is >= -1 and <= int.MaxValue
        ? (int)value.AsInteger
        : throw new UserMistakeException($"expected the fault's number, found {value}");

    static string Text(Value value, string field) => value.Kind == ValueKind.Text
        ? value.AsText
        : throw new UserMistakeException($"expected a text as {field}, found {value}");
}
