using System.Text.Json;
using Steelyard.App.Terminals;

namespace Steelyard.App.Tests.Commands;

/// <summary>Architectures from the command line, as somebody has them who wrote one.</summary>
public sealed class ArchitectureCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("steelyard-architecture").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static string Shop => Path.Combine(ToolPackageTests.Root(), "samples", "04-an-architecture", "shop.yaml");

    (int Code, string Output) Run(params string[] words)
    {
        using var output = new StringWriter();
        var code = CommandLine.Execute(
            [.. words, "--out", Path.Combine(_folder, "run")], EveryDesign.All, new(
                output, output, false, false));
        return (code, output.ToString().ReplaceLineEndings("\n"));
    }

    string Written(string text)
    {
        var path = Path.Combine(_folder, "one.yaml");
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    [Fact]
    public void The_sample_keeps_its_promises_and_under_twice_the_load_does_not()
    {
        Assert.Equal(ExitCodes.Held, Run("run", Shop, "--duration", "20s").Code);
        Assert.Equal(
            ExitCodes.Broken, Run("run", Shop, "--duration", "20s", "--customers.rate", "3000").Code);
    }

    [Fact]
    public void Its_figures_come_as_json_with_their_intervals()
    {
        var (_, output) = Run("run", Shop, "--duration", "20s", "--json");

        using var json = JsonDocument.Parse(output);
        var mean = json.RootElement.GetProperty("measurements").EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == "latency-mean");
        Assert.InRange(
            mean.GetProperty("value").GetDouble(), mean.GetProperty("low").GetDouble(),
            mean.GetProperty("high").GetDouble());
    }

    [Fact]
    public void A_run_of_one_is_repeated_bit_for_bit_from_its_folder()
    {
        Run("run", Shop, "--duration", "5s");
        using var output = new StringWriter();

        var code = CommandLine.Execute(
            ["replay", Path.Combine(_folder, "run")], EveryDesign.All, new(output, output, false, false));

        Assert.Equal(ExitCodes.Held, code);
        Assert.Contains("bit for bit", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_storm_that_does_not_end_is_told_with_what_would_end_it()
    {
        var path = Written("""
            kind: architecture
            duration: 40s
            link: 0s
            slo: 5s
            parts:
              clients: {is: clients, rate: 70/s, calls: [{to: server, timeout: 1s, retries: 3}]}
              server: {is: service, instances: 2, workers: 5, time: exp 100ms}
            """);

        var (code, output) = Run(
            "run", path, "--kick", "refuse", "--kick-size", "1", "--kick-at", "5s", "--kick-for", "5s");

        Assert.Equal(ExitCodes.Broken, code);
        Assert.Contains("metastable", output, StringComparison.Ordinal);
        Assert.Contains("With a retry budget of 10 %, same seed: recovers", output, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_it_can_do_is_said_to_be_so()
    {
        var path = Written("""
            kind: architecture
            duration: 20s
            parts:
              clients: {is: clients, rate: 150/s, to: server}
              server: {is: service, workers: 1, time: exp 10ms}
            """);

        var (code, output) = Run("run", path, "--precision", "2%");

        Assert.Equal(ExitCodes.Unknown, code);
        Assert.Contains("server: it is offered more than it can do: ", output, StringComparison.Ordinal);
    }

    (int Code, string Output) RunAlone(params string[] words)
    {
        using var output = new StringWriter();
        var code = CommandLine.Execute(words, EveryDesign.All, new(output, output, false, false));
        return (code, output.ToString().ReplaceLineEndings("\n"));
    }

    string Station() => Written("""
        kind: architecture
        duration: 10s
        parts:
          clients: {is: clients, rate: 50/s, to: server}
          server: {is: service, workers: 1, time: exp 10ms}
        """);

    [Fact]
    public void A_variant_is_compared_over_the_same_seeds_in_one_command()
    {
        var (code, output) = RunAlone("run", Station(), "--against", "server.workers=4", "--seeds", "1..6");

        Assert.Equal(ExitCodes.Held, code);
        Assert.Matches(@"(?m)^with server\.workers=4: p99 [0-9.]+ to [0-9.]+ ms lower \(6 seeds\)$", output);
        Assert.Matches("(?m)^Repeat   .* --against server.workers=4 --seeds 1..6$", output);
    }

    [Fact]
    public void The_same_against_itself_shows_no_difference_for_machines_either()
    {
        var (code, output) = RunAlone(
            "run", "register", "--duration", "2s", "--faults", "none", "--against", "replication=raft",
            "--seeds", "1..2", "--json");

        Assert.Equal(ExitCodes.Held, code);
        using var json = JsonDocument.Parse(output);
        var comparisons = json.RootElement.GetProperty("comparisons").EnumerateArray().ToList();
        Assert.Contains(comparisons, one => one.GetProperty("id").GetString() == "latency-p99");
        Assert.All(comparisons, one => Assert.Equal("no-difference", one.GetProperty("shown").GetString()));
    }

    [Theory]
    [InlineData("--against server.wrkers=4", "--against: one has no option server.wrkers; did you mean")]
    [InlineData("--against server.workers=4 --seed 3", "--seed: expected one run, found --against")]
    [InlineData("--against server.workers=4 --seeds 3..3", "--seeds: expected from 2 to 10,000 seeds, found")]
    [InlineData("--seeds 1..3", "--seeds: expected --against or a push (--kick) with it, found neither")]
    [InlineData("--precision 2", "--precision: expected a share such as 2% or 0.02, above 0 and below 100%")]
    public void What_cannot_be_compared_is_refused_in_one_line(string options, string told)
    {
        var (code, output) = RunAlone(["run", Station(), .. options.Split(' ')]);

        Assert.Equal(ExitCodes.UserMistake, code);
        Assert.StartsWith($"steelyard: {told}", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Fact]
    public void How_many_seeds_come_back_after_a_push_is_told_with_an_interval()
    {
        var path = Station();
        string[] push = ["--kick", "load", "--kick-size", "1.5", "--kick-at", "3s", "--kick-for", "1s"];

        var one = Run(["run", path, .. push]);
        var (code, output) = RunAlone(["run", path, .. push, "--seeds", "1..4"]);

        Assert.Contains("One seed shows one case; --seeds 1..20 tells", one.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Held, code);
        Assert.Contains(
            "  As it is: 4 of 4 seeds recover, 100 % (95 %: 51 % to 100 %); 0 degraded, 0 metastable.",
            output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "parts: {a: {is: service}}", ":1:1: expected a part that asks (is: clients), found none" },
        { "parts: {u: {is: clients, rate: 1, to: b}, a: {is: service}}",
            ":2:9: u: expected to call a part of the architecture (u, a), found \"b\"" },
        { "parts: {u: {is: clients, rate: 1, to: a}, a: {is: service, to: a}}",
            ":2:43: a: expected calls without a circle, found a → a" },
        { "parts: {u: {is: clients, rate: -1, to: a}, a: {is: service}}",
            ":2:32: rate: expected so many a second, above 0 and at most 1,000,000, found \"-1\"" },
        { "parts: {u: {is: clients, rate: 1, to: a}, a: {is: servce}}", "did you mean \"service\"?" },
        { "parts: {u: {is: clients, rate: 1, to: a}, a: {is: service, wrkers: 1}}",
            "did you mean \"workers\"?" },
        { "parts: {u: {is: clients, rate: 1, to: a}, a: {is: service, time: often}}",
            ":2:66: time: expected how long it takes (" },
        { "parts: {u: {is: clients, rate: 1, to: a, trace: none.csv}, a: {is: service}}", "none.csv" },
        { "parts: []", ":2:8: parts: expected a mapping, found a list" },
        { "parts: {u: {is: clients, rate: 1, to: a}, a: {is: service}}\nexpect: [p99]",
            ":3:10: expected a measurement, a comparison (<, <=, >, >=, =) and a bound" },
        { "parts: {u: {is: clients, rate: 1, to: a}, a: {is: service}}\nfaults: [{fault: crash, at: 1s,"
            + " nodes: [b]}]",
            ":3:41: nodes: expected one of u, a, leader, found \"b\"" },
        { "parts: {u: {is: clients, rate: 1, to: a}, a: {is: service}}\nfaults: [{fault: crash, at: 1s,"
            + " nodes: [u]}]",
            ":3:10: fault 1 (crash at 1s) cannot hit u, which only asks: expected one of a" },
        { "parts: {u: {is: clients, rate: 1, to: a}, a: {is: service}}\ntolerates: {donw: 2}",
            "did you mean \"down\"?" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_one_line_with_its_place(string text, string expected)
    {
        var (code, output) = Run("run", Written($"kind: architecture\n{text}\n"));

        Assert.Equal(ExitCodes.UserMistake, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }
}
