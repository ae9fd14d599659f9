using Steelyard.Histories;

namespace Steelyard.Formats.Reading;

/// <summary>One event as a file tells it: Jepsen's operation map, with the fields we add to it.</summary>
internal struct EventFields
{
    public int Line;
    public Value Type;
    public Value Process;
    public Value Function;
    public Value Key;
    public Value Payload;
    public Value Error;
    public Value Node;
    public Value Index;
    public Value Time;
    public Value Intended;

    // What our own operations and marks carry; Jepsen's say which are final.
    public Value Sent;
    public Value Session;
    public Value Targeted;
    public Value Lone;
    public Value Final;
    public Value Mark;

    // What a recorder says of the recording itself.
    public Value Recording;
    public Value Operations;
    public Value Clock;
    public Value Machine;

    // What only our own fault events carry.
    public Value Phase;
    public Value Description;
    public Value Nodes;
    public Value Cuts;
    public Value Uncut;
    public Value Fault;
    public Value Details;
    public Value Effect;

    /// <summary>The field of a name; <paramref name="known"/> is false for names that mean nothing to
    /// us.</summary>
    public static ref Value Field(ref EventFields fields, ReadOnlySpan<byte> name, out bool known)
    {
        known = true;
        if (name.SequenceEqual("type"u8))
            return ref fields.Type;
        if (name.SequenceEqual("process"u8))
            return ref fields.Process;
        if (name.SequenceEqual("f"u8))
            return ref fields.Function;
        if (name.SequenceEqual("value"u8))
            return ref fields.Payload;
        if (name.SequenceEqual("time"u8))
            return ref fields.Time;
        if (name.SequenceEqual("index"u8))
            return ref fields.Index;
        if (name.SequenceEqual("key"u8))
            return ref fields.Key;
        return ref RareField(ref fields, name, out known);
    }

    static ref Value RareField(ref EventFields fields, ReadOnlySpan<byte> name, out bool known)
    {
        known = true;
        if (name.SequenceEqual("error"u8))
            return ref fields.Error;
        if (name.SequenceEqual("node"u8))
            return ref fields.Node;
        if (name.SequenceEqual("intended"u8))
            return ref fields.Intended;
        if (name.SequenceEqual("phase"u8))
            return ref fields.Phase;
        if (name.SequenceEqual("description"u8))
            return ref fields.Description;
        if (name.SequenceEqual("nodes"u8))
            return ref fields.Nodes;
        if (name.SequenceEqual("cuts"u8))
            return ref fields.Cuts;
        if (name.SequenceEqual("uncut"u8))
            return ref fields.Uncut;
        if (name.SequenceEqual("fault"u8))
            return ref fields.Fault;
        if (name.SequenceEqual("sent"u8))
            return ref fields.Sent;
        if (name.SequenceEqual("session"u8))
            return ref fields.Session;
        if (name.SequenceEqual("targeted"u8))
            return ref fields.Targeted;
        if (name.SequenceEqual("lone"u8))
            return ref fields.Lone;
        if (name.SequenceEqual("final"u8) || name.SequenceEqual("final?"u8))
            return ref fields.Final;
        if (name.SequenceEqual("mark"u8))
            return ref fields.Mark;
        if (name.SequenceEqual("details"u8))
            return ref fields.Details;
        if (name.SequenceEqual("effect"u8))
            return ref fields.Effect;
        if (name.SequenceEqual("recording"u8))
            return ref fields.Recording;
        if (name.SequenceEqual("clock"u8))
            return ref fields.Clock;
        if (name.SequenceEqual("machine"u8))
            return ref fields.Machine;
        if (name.SequenceEqual("operations"u8))
            return ref fields.Operations;
        known = false;
        return ref fields.Payload;
    }
}
