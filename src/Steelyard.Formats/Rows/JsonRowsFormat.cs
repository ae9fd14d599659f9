using Steelyard.Formats.Etcd;
using Steelyard.Formats.Json;
using Steelyard.Formats.Porcupine;

namespace Steelyard.Formats.Rows;

/// <summary>JSON objects of any names, one a line or in an array, each a whole operation.</summary>
internal sealed class JsonRowsFormat : RowFormat
{
    public override string Name => "json-rows";

    public override string Sample => """{"client":0,"start":1,"end":5,…} a line, with --map""";

    internal override bool IsBegunBy(FileHead head) => FirstObject.Of(head) is { IsEvent: false } first
        && !PorcupineJsonFormat.IsOperation(first) && !EtcdWatchFormat.IsWatch(first)
        && !Traces.OtlpJsonFormat.IsBegin(head.Text);

    internal override bool CanBegin(FileHead head) => head.Text[0] is '{' or '[';

    protected override void ReadRows(Stream stream, string name, OperationMap? map, IntervalRows rows) =>
        new JsonRows(stream, name, map, rows).ReadAll();
}
