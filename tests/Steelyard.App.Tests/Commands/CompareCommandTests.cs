using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void Variants_stand_side_by_side_with_what_is_known_and_a_page()
    {
        var run = _steelyard.Run(
            "compare", "bank", "--replication", "raft,async", "--duration", "9s", "--seeds", "1..2");

        Assert.Equal(1, run.Code);
        Assert.Matches(@"raft +held 2/2 ", run.Output);
        Assert.Matches(@"async +broken 2/2 ", run.Output);
        Assert.Contains("(Gilbert and Lynch 2002, theorem 1)", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "steelyard compare bank --duration 9s --replication raft,async --seeds 1..2", run.Output,
            StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_steelyard.Folder, "runs", "compare-bank", "compare.html")));
    }

    [Fact]
    public void Settings_of_an_architecture_are_compared_too()
    {
        _steelyard.Write("shop.yaml", """
            kind: architecture
            name: shop
            duration: 20s
            parts:
              users: { is: clients, rate: 50/s, to: api }
              api: { is: service, workers: 1, time: exp 10ms }
            """);

        var run = _steelyard.Run("compare", "shop.yaml", "--api.workers", "1,2", "--seeds", "1..2");

        Assert.Equal(0, run.Code);
        Assert.Contains("The same for each: seeds 1..2", run.Output, StringComparison.Ordinal);
        Assert.Contains("compare shop.yaml --api.workers 1,2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void For_machines_each_promise_is_counted()
    {
        var run = _steelyard.Run(
            "compare", "register", "--replication", "quorum", "--n", "3", "--r", "1..2", "--w", "2",
            "--duration", "6s", "--seeds", "2", "--json");

        var variants = JsonDocument.Parse(run.Output).RootElement.GetProperty("variants");
        Assert.Equal(
            ["r=1", "r=2"], variants.EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.All(variants.EnumerateArray(), one => Assert.Equal(2, one.GetProperty("runs").GetInt32()));
    }

    [Theory]
    [InlineData("compare bank --replication raft", "expected an option with several values, such as --repl")]
    [InlineData("compare bank --replication raft,asynk", "--replication: expected one of raft, write-all")]
    [InlineData("compare register --n 3..1", "--n: expected a range such as 1..8")]
    [InlineData("compare", "compare: expected a design, found none")]
    public void A_mistake_is_one_line(string words, string told)
    {
        var run = _steelyard.Run(words.Split(' '));

        Assert.Equal(2, run.Code);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }
}
