using Steelyard.Formats.Reading;

namespace Steelyard.Formats.Jepsen.Archive;

/// <summary>Jepsen's <c>test.jepsen</c>: the whole test in blocks, its history among them, in Fressian
/// (Jepsen 0.2.7 and later).</summary>
internal sealed class JepsenArchiveFormat : EventFormat
{
    public override string Name => "jepsen-archive";

    public override string Sample => "test.jepsen, which begins with JEPSEN";

    internal override bool IsBegunBy(FileHead head) =>
        head.Bytes.AsSpan().StartsWith("JEPSEN\0"u8)
        || head.Bytes.AsSpan().SequenceEqual("JEPSEN"u8);

    protected override void ReadEvents(Stream stream, string name, EventAssembler events)
    {
        // Its blocks stand in the order in which they were written, and the index at the end.
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        new ArchivedHistory(new(whole.GetBuffer().AsMemory(0, (int)whole.Length), name), events).ReadAll();
    }
}
