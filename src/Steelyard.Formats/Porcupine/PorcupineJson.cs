using Steelyard.Formats.Etcd;
using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Formats.Rows;
using Steelyard.Histories;

namespace Steelyard.Formats.Porcupine;

/// <summary>The fields of porcupine.Operation, and what people put into its input and output.</summary>
/// <param name="stream">The file.</param>
/// <param name="name">The file, for messages.</param>
/// <param name="rows">Takes the operations.</param>
internal sealed class PorcupineJson(Stream stream, string name, IntervalRows rows)
{
    readonly JsonObjectValues _objects = new(stream, name);

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">It is not JSON, or no such operation.</exception>
    /// <exception cref="CutShortException">The bytes end in the middle.</exception>
    public void ReadAll()
    {
        rows.Map = OperationMap.Identity(["process", "start", "end", "function", "key", "input", "output"]);
        _objects.ReadAll(operation => rows.Add(Fields(operation)));
    }

    OperationRowFields Fields(Value operation)
    {
        var fields = new OperationRowFields
        {
            Line = _objects.Line,
            Process = operation["ClientId"].IsNil ? 0 : operation["ClientId"],
            Start = Time(operation["Call"], "Call"),
        };
        // Whoever never learned of an end writes 0, or the greatest number there is.
        var end = Time(operation["Return"], "Return");
        fields.End = end == 0 || end >= long.MaxValue / 2 ? null : end;
        if (EtcdPayload.IsRequest(operation["Input"]))
            EtcdPayload.Read(operation["Input"], operation["Output"], ref fields);
        else
            PorcupinePayload.Read(operation["Input"], operation["Output"], ref fields);
        return fields;
    }

    static long Time(Value time, string field) => time.IsInteger ? time.AsInteger
        : throw new UserMistakeException($"expected a whole number as {field}, found {time}");
}
