using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Formats.Rows;

namespace Steelyard.Formats.Etcd;

/// <summary>Watches as etcd's robustness tests record them.</summary>
internal sealed class EtcdWatchFormat : RowFormat
{
    public override string Name => "etcd-watch";

    public override string Sample => """{"Request":{"Key":"",…},"Responses":[…]}""";

    internal override bool IsBegunBy(FileHead head) => IsWatch(FirstObject.Of(head));

    internal override bool CanBegin(FileHead head) => false;

    /// <summary>True for an object that is a watch.</summary>
    internal static bool IsWatch(FirstObject? first) =>
        first is not null && first.Has("Request") && first.Has("Responses");

    protected override void ReadRows(Stream stream, string name, OperationMap? map, IntervalRows rows)
    {
        rows.Map = OperationMap.Identity(["process", "start", "end", "function", "key", "input", "output"]);
        new EtcdWatches(stream, name, rows, "watch").ReadAll();
    }
}
