using System.Reflection;

namespace Steelyard.Tests.Samples;

public sealed class JudgeYourOwnHistorySampleTests
{
    [Fact]
    public void Numbers_drawn_at_the_same_time_may_come_in_either_order() => Assert.Equal(
        "Valid: 2 operations have an order that explains them as a ticket-machine", Printed().Trim());

    [Fact]
    public void A_number_drawn_twice_is_invalid() =>
        Assert.StartsWith("Invalid: process ", Printed("twice"));

    [Fact]
    public void The_README_shows_the_sample_itself()
    {
        var program = File.ReadAllText(
            Path.Combine(Repository.Root, "samples", "02-judge-your-own-history", "Program.cs"));
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Assert.Contains(
            $"```csharp\n{program.ReplaceLineEndings("\n")}```\n", readme.ReplaceLineEndings("\n"));
    }

    static string Printed(params string[] args)
    {
        var console = Console.Out;
        using var printed = new StringWriter();
        try
        {
            Console.SetOut(printed);
            Assembly.Load("JudgeYourOwnHistorySample").EntryPoint!.Invoke(null, [args]);
        }
        finally
        {
            Console.SetOut(console);
        }

        return printed.ToString();
    }
}
