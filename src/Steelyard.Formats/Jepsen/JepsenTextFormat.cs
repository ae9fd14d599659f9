using Steelyard.Formats.Reading;

namespace Steelyard.Formats.Jepsen;

/// <summary>Jepsen's <c>history.txt</c>, which every run of it leaves.</summary>
internal sealed class JepsenTextFormat : EventFormat
{
    public override string Name => "jepsen-txt";

    public override string Sample => "0  :invoke  :read  nil";

    internal override bool IsBegunBy(FileHead head)
    {
        var words = head.FirstLine.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && (head.Text[0] == ':' || char.IsAsciiDigit(head.Text[0]))
            && words[1] is ":invoke" or ":ok" or ":fail" or ":info";
    }

    protected override void ReadEvents(Stream stream, string name, EventAssembler events) =>
        new JepsenColumns(new ByteReader(stream), name, events).ReadAll();
}
