using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Formats.Rows;

namespace Steelyard.Formats.Porcupine;

/// <summary>Porcupine's operations as Go writes them in JSON, in an array or one after another.</summary>
internal sealed class PorcupineJsonFormat : RowFormat
{
    public override string Name => "porcupine-json";

    public override string Sample => """{"ClientId":0,"Input":…,"Call":1,"Output":…,"Return":5}""";

    internal override bool IsBegunBy(FileHead head) => IsOperation(FirstObject.Of(head));

    internal override bool CanBegin(FileHead head) => false;

    /// <summary>True for an object of porcupine.Operation.</summary>
    internal static bool IsOperation(FirstObject? first) =>
        first is not null && first.Has("Call") && first.Has("Return") && first.Has("Input");

    protected override void ReadRows(Stream stream, string name, OperationMap? map, IntervalRows rows) =>
        new PorcupineJson(stream, name, rows).ReadAll();
}
