using Samples.GossipSets;
using Steelyard.App.Terminals;

namespace Steelyard.App.Tests.Commands;

public sealed class DesignEntryTests
{
    static readonly string One = typeof(GossipSetDesign).Assembly.Location;

    [Theory]
    [InlineData("--desing")]
    [InlineData("--desgin=gossip-set")]
    public void A_misspelt_design_of_an_assembly_is_told(string word)
    {
        using var error = new StringWriter();

        var code = CommandLine.Execute(
            ["run", One, word, "x"], [],
            new(TextWriter.Null, error, outputIsTerminal: false, errorIsTerminal: false));

        Assert.Equal(ExitCodes.UserMistake, code);
        Assert.Contains("did you mean \"--design\"?", error.ToString(), StringComparison.Ordinal);
    }
}
