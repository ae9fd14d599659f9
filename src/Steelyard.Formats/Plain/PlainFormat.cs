using Steelyard.Histories;

namespace Steelyard.Formats.Plain;

/// <summary>The plain lines that tests use: <c>0 invoke add 7</c>; see <see cref="TextHistory"/>.</summary>
internal sealed class PlainFormat : HistoryFormat
{
    public override string Name => "text";

    public override string Sample => "0 invoke read";

    internal override bool IsBegunBy(FileHead head)
    {
        var words = head.FirstPlainLine.Split('#')[0].Split(
            ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 2 && int.TryParse(words[0], out _)
            && words[1] is "invoke" or "ok" or "fail" or "info";
    }

    internal override HistoryRead Read(Stream stream, string name, ReadOptions options)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var lines = new EventLines();
        try
        {
            return new(TextHistory.Parse(reader.ReadToEnd(), lines), this, null) { Lines = lines };
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException($"{name} {mistake.Message}", mistake);
        }
    }
}
