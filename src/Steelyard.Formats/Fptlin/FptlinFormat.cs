using Steelyard.Formats.Reading;

namespace Steelyard.Formats.Fptlin;

/// <summary>The histories of fptlin: <c>process start end OPERATION values</c>.</summary>
internal sealed class FptlinFormat : EventFormat
{
    public override string Name => "fptlin";

    public override string Sample => "0 1 5 PUSH 1";

    internal override bool IsBegunBy(FileHead head) => FptlinHistory.IsOperation(head.FirstPlainLine);

    protected override void ReadEvents(Stream stream, string name, EventAssembler events) =>
        new FptlinHistory(new ByteReader(stream), name, events).ReadAll();
}
