using Steelyard.Formats.Rows;
using Steelyard.Histories;

namespace Steelyard.Formats.Porcupine;

/// <summary>
/// What the inputs and outputs of Porcupine's models usually look like: an operation by word or by number, a
/// key, a value. Numbers are those of its own models: 0 get, 1 put, 2 append where there is a key, 0 read, 1
/// write, 2 cas where there is none.
/// </summary>
internal static class PorcupinePayload
{
    // How the answer of a course's key-value service (MIT 6.5840) says that there is no such key.
    const string NoKey = "ErrNoKey";

    static readonly string[] Operations = ["op", "type", "function", "f", "kind", "method", "operation"];
    static readonly string[] Keys = ["key", "k"];
    static readonly string[] Values = ["value", "val", "v", "arg", "arg1", "args"];
    static readonly (string From, string To)[] Swaps =
        [("arg1", "arg2"), ("from", "to"), ("old", "new"), ("expected", "new"), ("expected", "value")];

    static readonly string[] OfKeys = ["get", "put", "append"];
    static readonly string[] OfRegisters = [Functions.Read, Functions.Write, Functions.Cas];

    /// <summary>Reads both into the fields.</summary>
    /// <exception cref="UserMistakeException">They are of another form.</exception>
    public static void Read(Value input, Value output, ref OperationRowFields fields)
    {
        if (input.Kind != ValueKind.Map)
        {
            fields.Function = input.IsNil ? Functions.Read : Functions.Write;
            fields.Input = input;
        }
        else
        {
            fields.Key = Of(input, Keys) ?? Value.Nil;
            fields.Function = FunctionOf(input);
            fields.Input = fields.Function == Functions.Cas ? Swap(input) : Of(input, Values) ?? Value.Nil;
            if (fields.Function is Functions.Read or "get")
                fields.Input = Value.Nil;
        }

        ReadOutput(output, ref fields);
    }

    static void ReadOutput(Value output, ref OperationRowFields fields)
    {
        if (output.Kind != ValueKind.Map)
        {
            fields.Output = output;
            return;
        }

        var isUnknown = Of(output, ["unknown"]) == Value.Of(true)
            || (Of(output, ["error", "err"]) is { Kind: ValueKind.Text, AsText: not ("" or "OK" or NoKey) });
        if (isUnknown)
            fields.End = null;
        var isAbsent = Of(output, ["exists"]) == Value.Of(false) || Of(output, ["err"]) == NoKey;
        fields.Output = fields.Function == Functions.Cas ? Of(output, ["ok", "success"]) ?? Value.Nil
            : isAbsent ? Value.Nil : Of(output, Values) ?? Value.Nil;
    }

    static string FunctionOf(Value input)
    {
        var operation = Of(input, Operations)
            ?? throw new UserMistakeException(
                $"expected an Input with Op, Type or Function, found {input}; --map with --format json-rows"
                + " says"
                + " which fields mean what, such as function=Input.Op");
        var words = Of(input, Keys) is null ? OfRegisters : OfKeys;
        return operation switch
        {
            { Kind: ValueKind.Text } => operation.AsText.ToLowerInvariant(),
            { IsInteger: true, AsInteger: >= 0 and < 3 } => words[operation.AsInteger],
            { Kind: ValueKind.Boolean } => operation.AsBoolean ? Functions.Read : Functions.Write,
            _ => throw new UserMistakeException(
                $"expected an operation by its name, or 0 to 2 ({string.Join('/', words)}), found"
                + $" {operation}"),
        };
    }

    static Value Swap(Value input)
    {
        foreach (var (from, to) in Swaps)
            if (Of(input, [from]) is { } old && Of(input, [to]) is { } replacement)
                return Value.List(old, replacement);
        return Of(input, Values) ?? Value.Nil;
    }

    // Go's names begin with a capital, unless a tag says otherwise.
    static Value? Of(Value map, string[] names)
    {
        foreach (var name in names)
            foreach (var (key, value) in map.AsMap)
                if (key.Kind == ValueKind.Text && key.AsText.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return value;
        return null;
    }
}
