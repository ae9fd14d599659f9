using Samples.GossipSets;

namespace Steelyard.Tests.Samples;

/// <summary>The samples are run as their readers run them, and say what the text beside them says.</summary>
public sealed class GossipSetSampleTests
{
    [Fact]
    public void Gossip_forgives_a_partition() => Assert.StartsWith("Valid: all ", Printed());

    [Fact]
    public void Gossip_does_not_forgive_a_crash_of_everybody() =>
        Assert.StartsWith("Invalid: 1 was added, then not read by n1", Printed("crash"));

    static string Printed(params string[] args)
    {
        var console = Console.Out;
        using var printed = new StringWriter();
        try
        {
            Console.SetOut(printed);
            typeof(GossipSet).Assembly.EntryPoint!.Invoke(null, [args]);
        }
        finally
        {
            Console.SetOut(console);
        }

        return printed.ToString();
    }
}
