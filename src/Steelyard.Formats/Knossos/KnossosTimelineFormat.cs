using Steelyard.Formats.Reading;

namespace Steelyard.Formats.Knossos;

/// <summary>The page on which Knossos drew a history.</summary>
internal sealed class KnossosTimelineFormat : EventFormat
{
    public override string Name => "knossos-timeline";

    public override string Sample => "<html>… with <div class=\"op ok\" …>";

    internal override bool IsBegunBy(FileHead head) =>
        head.Text[0] == '<' && head.Text.Contains(KnossosTimeline.BoxStart, StringComparison.Ordinal);

    protected override void ReadEvents(Stream stream, string name, EventAssembler events) =>
        new KnossosTimeline(stream, name, events).ReadAll();
}
