using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Formats.Traces;

namespace Steelyard.Formats.Jsonl;

/// <summary>Ours: one JSON event a line; a superset of Jepsen's JSON operation map. <see cref="JsonlWriter"/>
/// writes it.</summary>
internal sealed class JsonlFormat : EventFormat
{
    public override string Name => "jsonl";

    public override string Sample => """{"process":0,"type":"invoke",…} a line""";

    protected override bool IsOurs => true;

    internal override bool IsBegunBy(FileHead head) =>
        head.Text.StartsWith('{') && FileHead.IsJson(head.Text[1..])
        && FirstObject.Of(head) is null or { IsEvent: true } && !OtlpJsonFormat.IsBegin(head.Text);

    protected override void ReadEvents(Stream stream, string name, EventAssembler events) =>
        new JsonHistory(stream, name, events).ReadAll();
}
