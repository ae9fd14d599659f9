using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Formats.Traces;

namespace Steelyard.Formats.Jepsen;

/// <summary>Jepsen's JSON: an array of operation maps, or one map after another.</summary>
internal sealed class JepsenJsonFormat : EventFormat
{
    public override string Name => "jepsen-json";

    public override string Sample => """[{"process":0,"type":"invoke",…}, …]""";

    internal override bool IsBegunBy(FileHead head) =>
        head.Text.StartsWith('[') && FileHead.IsJson(head.Text[1..].TrimStart().TrimStart('{'))
        && FirstObject.Of(head) is null or { IsEvent: true } && !OtlpJsonFormat.IsBegin(head.Text);

    protected override void ReadEvents(Stream stream, string name, EventAssembler events) =>
        new JsonHistory(stream, name, events).ReadAll();
}
