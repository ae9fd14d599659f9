using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Weak;

/// <summary>AWDIT's text of transactions over registers: <c>r key value</c> or <c>w key value</c> a line,
/// <c>-----</c> between transactions, <c>=====</c> between sessions.</summary>
internal sealed class AwditFormat : SessionFormat
{
    public override string Name => "awdit";

    public override string Sample => "w 0 1, r 0 1, ----- or ===== a line";

    internal override bool IsBegunBy(FileHead head)
    {
        var line = head.FirstLine.Trim();
        return (line.Length > 2 && (line.All(one => one == '-') || line.All(one => one == '=')))
            || (SessionText.NumbersOf(line) == 2 && line[1] is (' ' or '\t'));
    }

    protected override void ReadSteps(LineReader lines, string name, TransactionStepsBuilder steps) =>
        new AwditText(lines, name, steps).ReadAll();
}
