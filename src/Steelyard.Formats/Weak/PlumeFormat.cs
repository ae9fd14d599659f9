using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Weak;

/// <summary>Plume's text of transactions over registers: <c>r(key,value,session,transaction)</c> or
/// <c>w(…)</c> a line.</summary>
internal sealed class PlumeFormat : SessionFormat
{
    public override string Name => "plume";

    public override string Sample => "w(0,1,0,0) a line";

    internal override bool IsBegunBy(FileHead head)
    {
        var line = head.FirstLine.Trim();
        return SessionText.NumbersOf(line) == 4 && line[1] == '(';
    }

    protected override void ReadSteps(LineReader lines, string name, TransactionStepsBuilder steps) =>
        new PlumeText(lines, name, steps).ReadAll();
}
