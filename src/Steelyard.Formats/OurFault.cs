using Steelyard.Histories;

namespace Steelyard.Formats;

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
        Sides = fields.Sides.IsNil ? [] : SidesOf(fields.Sides),
    };

    static FaultPhase PhaseOf(Value phase) => Text(phase, "phase") switch
    {
        "start" => FaultPhase.Start,
        "end" => FaultPhase.End,
        "instant" => FaultPhase.Instant,
        var other =>
            throw new UserMistakeException($"expected the phase start, end or instant, found {other}"),
    };

    static IReadOnlyList<IReadOnlyList<string>> SidesOf(Value sides)
    {
        if (sides.Kind != ValueKind.List)
            throw new UserMistakeException($"expected lists of node names as sides, found {sides}");
        var lists = new List<IReadOnlyList<string>>();
        foreach (var side in sides.AsList)
            lists.Add(Names(side, "sides"));
        return lists;
    }

    static IReadOnlyList<string> Names(Value names, string field)
    {
        if (names.Kind != ValueKind.List)
            throw new UserMistakeException($"expected a list of node names as {field}, found {names}");
        var texts = new List<string>();
        foreach (var one in names.AsList)
            texts.Add(Text(one, field));
        return texts;
    }

    static int Number(Value value) => value.IsInteger && value.AsInteger is >= -1 and <= int.MaxValue
        ? (int)value.AsInteger
        : throw new UserMistakeException($"expected the fault's number, found {value}");

    static string Text(Value value, string field) => value.Kind == ValueKind.Text
        ? value.AsText
        : throw new UserMistakeException($"expected a text as {field}, found {value}");
}
