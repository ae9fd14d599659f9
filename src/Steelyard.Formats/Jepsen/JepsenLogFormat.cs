using Steelyard.Formats.Reading;

namespace Steelyard.Formats.Jepsen;

/// <summary>Jepsen's <c>jepsen.log</c> as it is since 0.1: operations among all else that was
/// logged.</summary>
internal sealed class JepsenLogFormat : EventFormat
{
    const string Date = "0000-00-00 ";

    public override string Name => "jepsen-log";

    public override string Sample => "2019-01-01 12:00:00,123{GMT} INFO [jepsen worker 0] jepsen.util: …";

    internal override bool IsBegunBy(FileHead head) =>
        IsDated(head.FirstLine) && head.FirstLine.Contains("jepsen", StringComparison.Ordinal);

    protected override void ReadEvents(Stream stream, string name, EventAssembler events) =>
        new JepsenColumns(new ByteReader(stream), name, events).ReadLog();

    static bool IsDated(string line) => line.Length > Date.Length && Date.Zip(line).All(
        pair => pair.First == '0' ? char.IsAsciiDigit(pair.Second) : pair.First == pair.Second);
}
