using Steelyard.Formats.Reading;

namespace Steelyard.Formats.Porcupine;

/// <summary>Porcupine's recorded etcd logs: <c>INFO jepsen.util - 3 :invoke :cas [0 2]</c>.</summary>
internal sealed class PorcupineLogFormat : EventFormat
{
    public override string Name => "porcupine-log";

    public override string Sample => "INFO jepsen.util - 0 :invoke :read nil";

    internal override bool IsBegunBy(FileHead head) =>
        char.IsAsciiLetter(head.Text[0]) && head.FirstLine.Contains("jepsen.util", StringComparison.Ordinal);

    protected override void ReadEvents(Stream stream, string name, EventAssembler events) =>
        new PorcupineLog(new ByteReader(stream), name, events).ReadAll();
}
