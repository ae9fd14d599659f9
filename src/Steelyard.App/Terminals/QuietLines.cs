using Steelyard.Histories;
using Steelyard.Pipelines;

namespace Steelyard.App.Terminals;

/// <summary>Only what did not hold, and how to see it again: nothing where all did.</summary>
internal sealed class QuietLines(Terminal terminal)
{
    public void Write(PipelineSuite suite)
    {
        foreach (var one in suite.Cases.Where(one => one.Validity != Validity.Valid))
        {
            var rule = one.Rule == one.Name ? "" : $"{one.Rule}: ";
            var word = one.Validity == Validity.Invalid ? "INVALID" : "unknown";
            terminal.Line($"{suite.Name}: {word} {one.Name}: {rule}{one.Told}");
            if (one.Repeat is { } repeat)
                terminal.Line($"  repeat: {terminal.Named(repeat)}");
        }

        if (suite is { Repeat: { } again } && suite.Validity != Validity.Valid)
            terminal.Line($"  repeat: {terminal.Named(again)}");
    }
}
