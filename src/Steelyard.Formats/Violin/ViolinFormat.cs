using Steelyard.Formats.Reading;

namespace Steelyard.Formats.Violin;

/// <summary>The histories of Violin and LiMo: <c>[1] call push(3)</c>, later <c>[1] return</c>.</summary>
internal sealed class ViolinFormat : EventFormat
{
    public override string Name => "violin-hist";

    public override string Sample => "[1] call push(3)";

    internal override bool IsBegunBy(FileHead head) => ViolinHistory.IsEvent(head.FirstPlainLine);

    protected override void ReadEvents(Stream stream, string name, EventAssembler events) =>
        new ViolinHistory(new ByteReader(stream), name, events).ReadAll();
}
