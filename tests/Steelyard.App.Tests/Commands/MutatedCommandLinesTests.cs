using Steelyard.App.Terminals;
using Steelyard.Designs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Tests.Commands;

/// <summary>Whatever words stand on a command line, they are done or refused in one line.</summary>
public sealed class MutatedCommandLinesTests : IDisposable
{
    const int Quick = 150;
    const int Thorough = 20_000;

    static readonly string[] Values =
    [
        "", " ", "0", "1", "2", "7", "-1", "1.5", "1e300", "NaN", "2147483647", "99999999999", "0x", "0xff",
        "18446744073709551615", "18446744073709551616", "abc", "a\nb", "true", "false", "0s", "5", "1us",
        "-5s", "100ms", "3s", "999999999h", "1..2", "2..1", "1..", "1..99999999999", "none", "all",
        "beyond", "crash,pause", ",", "story", "raft", "quorum", "absent.yaml", "one.jsonl", "plan.yaml",
        "{}", "{x: 1}", "[", "rate=1,2", "p99:min", "nodes=1..3:x2", "2%", "register", "list-append",
        "causal", "json", "[red]", "--", "-", "--json",
    ];

    static readonly string[] Commands =
    [
        "run", "check", "hunt", "sweep", "replay", "conform", "list", "doctor", "frob", "", "--version",
        "--help",
    ];

    static readonly string[] CommonOptions =
    [
        "--seed", "--faults", "--nodes", "--clients", "--rate", "--duration", "--out", "--json", "--model",
        "--initial", "--consistency", "--staleness", "--format", "--independent", "--keep-partial", "--prove",
        "--report", "--seeds", "--workers", "--stop-at-event", "--until", "--messages", "--sample",
        "--variant", "--app", "--verbose", "--sede", "--vary", "--objective", "--precision", "--most-seeds",
        "--reports",
    ];

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("steelyard-words-");

    public MutatedCommandLinesTests()
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "one.jsonl"),
            "{\"process\":0,\"type\":\"invoke\",\"f\":\"read\",\"value\":null}\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "plan.yaml"), "kind: faults\nfaults: []\n");
    }

    static int Rounds => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Mutated_command_lines_are_done_or_refused_in_one_line()
    {
        var failures = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var words = Words(new Random(round));
            var (code, error) = Execute(words);
            refused += code == ExitCodes.UserMistake ? 1 : 0;
            // Of several files each has a line of its own.
            var isTold = code != ExitCodes.UserMistake || Array.TrueForAll(
                error.TrimEnd('\n').Split('\n'),
                line => line.StartsWith("steelyard: ", StringComparison.Ordinal));
            if (error.Contains("a bug of", StringComparison.Ordinal) || !isTold)
                failures.TryAdd(error, string.Join(' ', words));
        }

        var told = string.Join("\n", failures.Take(20).Select(one => $"{one.Value}\n  {one.Key}"));
        Assert.True(failures.Count == 0, told);
        Assert.InRange(refused, Rounds / 4, Rounds - 1);
    }

    (int Code, string Error) Execute(List<string> words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false);
        var code = CommandLine.Execute(words, Catalogue.All, terminal);
        return (code, error.ToString());
    }

    // Paths in them are beside the files above, and every run is a short one.
    List<string> Words(Random random)
    {
        var words = new List<string> { Commands[random.Next(Commands.Length)] };
        var design = Catalogue.All[random.Next(Catalogue.All.Count)];
        if (words[0] is "run" or "hunt" or "sweep")
            words.Add(random.Next(8) == 0 ? Value(random) : design.Name);
        else if (words[0] is "check" or "replay")
            words.Add(random.Next(3) == 0 ? Value(random) : Path.Combine(_folder.FullName, "one.jsonl"));
        else if (random.Next(2) == 0)
            words.Add(Value(random));
        for (var times = random.Next(4); times > 0; times--)
            AddOption(words, design, random);
        // What they write goes into the folder, and they start no processes.
        words.RemoveAll(word => word is "--out" or "--report");
        if (words[0] == "run")
            words.AddRange(["--stop-at-event", "20", "--out", Path.Combine(_folder.FullName, "run")]);
        if (words[0] == "hunt")
            words.AddRange(["--duration", "50ms", "--seeds", "1..2"]);
        if (words[0] == "sweep")
            words.AddRange(["--duration", "50ms", "--seeds", "1..1", "--vary", "slo=10ms,1s", "--objective",
                "availability:max", "--out", Path.Combine(_folder.FullName, $"sweep{random.Next()}")]);
        return words;
    }

    static void AddOption(List<string> words, IDesign design, Random random)
    {
        var own = design.Options.Count > 0 && words[0] is "run" or "hunt" or "sweep" && random.Next(2) == 0
            ? design.Options[random.Next(design.Options.Count)]
            : null;
        words.Add(own is null ? CommonOptions[random.Next(CommonOptions.Length)] : $"--{own.Name}");
        if (own?.Choices.Count > 0 && random.Next(2) == 0)
            words.Add(own.Choices[random.Next(own.Choices.Count)]);
        else if (random.Next(5) > 0)
            words.Add(Value(random));
    }

    static string Value(Random random) => Values[random.Next(Values.Length)];
}
