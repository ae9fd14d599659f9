using System.Text.Json;
using Steelyard.Designs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("run --help")]
    [InlineData("check --help")]
    [InlineData("hunt --help")]
    [InlineData("sweep --help")]
    [InlineData("sweep register --help")]
    [InlineData("replay --help")]
    [InlineData("conform --help")]
    [InlineData("list --help")]
    [InlineData("amplification --help")]
    [InlineData("retries --help")]
    [InlineData("retries backoff --help")]
    [InlineData("retries contend --help")]
    [InlineData("retries grpc --help")]
    [InlineData("retries hedge --help")]
    [InlineData("retries throttle --help")]
    [InlineData("doctor --help")]
    [InlineData("run bank --help")]
    [InlineData("hunt chat --help")]
    public void Every_command_has_help_with_an_example(string line)
    {
        using var steelyard = new SteelyardProcess();

        var help = steelyard.Run(line.Split(' '));

        Assert.Equal(0, help.Code);
        Assert.Contains("Usage:", help.Output, StringComparison.Ordinal);
        Assert.Contains("Example", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_designs_help_shows_its_own_options_with_their_choices()
    {
        using var steelyard = new SteelyardProcess();

        var help = steelyard.Run("run", "bank", "--help").Output;

        Assert.Contains("Usage:\n  steelyard run bank [options]", help, StringComparison.Ordinal);
        foreach (var option in Catalogue.Find("bank").Options)
        {
            Assert.Contains($"--{option.Name}", help, StringComparison.Ordinal);
            foreach (var choice in option.Choices)
                Assert.Contains(choice, help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bare_steelyard_says_how_to_start()
    {
        using var steelyard = new SteelyardProcess();

        var start = steelyard.Run();

        Assert.Equal(0, start.Code);
        Assert.Contains("steelyard run bank", start.Output, StringComparison.Ordinal);
        Assert.True(start.Output.Split('\n').Length < 20);
    }

    [Fact]
    public void The_list_names_every_design_for_machines_too()
    {
        using var steelyard = new SteelyardProcess();

        using var json = JsonDocument.Parse(steelyard.Run("list", "--json").Output);

        Assert.Equal(
            EveryDesign.All.Select(design => design.Name),
            json.RootElement.GetProperty("designs").EnumerateArray()
                .Select(d => d.GetProperty("name").GetString()));
    }

    [Fact]
    public void The_version_is_one_line()
    {
        using var steelyard = new SteelyardProcess();

        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", steelyard.Run("--version").Output);
    }
}
