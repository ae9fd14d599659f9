using System.Text;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Files;

/// <summary>Whatever stands in a scenario or in a fault plan, it is taken or refused with its line and
/// column.</summary>
public sealed class MutatedYamlTests
{
    const int Quick = 3_000;
    const int Thorough = 60_000;

    static readonly DesignCatalogue Designs = new([new TinyRegister()]);

    // Its nodes can do whatever a fault is about, so that no plan is refused before it is mutated.
    static readonly Scenario Scenario = AbleToDoAll(new TinyRegister().Build(
        new(new TinyRegister(), new() { Nodes = 4, Duration = TimeSpan.FromSeconds(1) })));

    static readonly string[] Plans =
    [
        """
        kind: faults
        faults:
          - fault: partition
            at: 100ms
            for: 250ms
            groups: [[n1, n2], [n3, n4]]
          - fault: crash
            at: 0s
            for: 1s
            nodes: [n1, leader]
            loses: memory
            torn: true
        """,
        """
        kind: faults
        faults:
          - {fault: cut, at: 1ms, from: [n1], to: ["n2"]}
          - {fault: link, at: 1ms, for: 10ms, loss: 0.5, duplication: 1, reordering: 0, slowdown: 2.5}
          - {fault: drain, at: 2us, nodes: [n3], version: 2}
          - {fault: pause, at: 2us, nodes: [n3]}
          - {fault: slow, at: 2us, nodes: [n3], per-message: 3ms}
        """,
        """
        kind: faults
        faults: # what follows is about clocks and disks
          - fault: clock-jump
            at: 1ms
            nodes: [n1]
            by: -3s
          - {fault: clock-drift, at: 1ms, for: 3ms, nodes: [n1], ppm: -300}
          - {fault: disk, at: 1ms, nodes: [n2], trouble: corrupt}
        """,
    ];

    static readonly string[] Scenarios =
    [
        """
        kind: scenario
        design: tiny
        options:
          forgetful: true
          flavour: salted
        nodes: 3
        clients: 2
        rate: 12.5
        duration: 1500ms
        faults: none
        seed: 0x3f
        """,
        "{kind: scenario, design: tiny, faults: story, seed: 18446744073709551615, duration: 1h}",
    ];

    static readonly string[] Splinters =
    [
        "[", "]", "{", "}", "- ", ": ", "\n", "\n  ", "\t", "\"", "'", "&a ", "*a", "!!int ", "!x ", "|", ">",
        "---\n", "...\n", "%YAML 9\n", "? ", "#", "\\", "\0", "\u0085", "\u2028", "\uFEFF", "null", "~",
        "yes",
        "-1", "1e300", "9223372036854775808", "99999999h", "-99999999h", "0s", "2147483647", "0x", "NaN",
        "n1\\n", "kind: faults\n", "<<: *a", "`", "@", new string('[', 300), new string('-', 40) + " ",
    ];

    static int Rounds => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Fact]
    public void A_mutated_plan_is_taken_or_refused_with_its_place() => Taken(
        Plans, (text, round) =>
        {
            var plan = FaultPlanFile.Parse(text, "f.yaml", Scenario);
            var written = FaultPlanFile.Write(plan);
            Assert.Equal(written, FaultPlanFile.Write(FaultPlanFile.Parse(written, "f.yaml", Scenario)));
            if (round % 8 == 0)
                new SimulatedWorld().Execute(
                    Scenario, plan, new((ulong)round), RunControl.None,
                    RunPoint.AfterEvents(2_000));
        });

    [Fact]
    public void A_mutated_scenario_is_taken_or_refused_with_its_place() => Taken(
        Scenarios, (text, _) =>
        {
            var request = ScenarioFile.Parse(text, "f.yaml", Designs);
            request.Faults.PlanFor(request.Design.Build(request.Options), request.Seed);
        });

    [Theory]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: crash\n    at: 1s\n    nodes: [n1\n    for: 1s\n", "f.yaml:5:")]
    [InlineData("kind: faults\nfaults: [", "f.yaml:3:1: expected YAML")]
    [InlineData("kind: faults\nfaults:\n  - &a [*a]\n", "f.yaml:3:")]
    public void What_never_closes_is_refused_with_its_place(string text, string place)
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => FaultPlanFile.Parse(text, "f.yaml", Scenario));

        Assert.StartsWith(place, mistake.Message, StringComparison.Ordinal);
    }

    static void Taken(string[] samples, Action<string, int> take)
    {
        var (refused, failures) = (0, new SortedDictionary<string, string>(StringComparer.Ordinal));
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            var text = Mutate(samples[random.Next(samples.Length)], random);
            try
            {
                take(text, round);
            }
            catch (UserMistakeException mistake)
                when (!mistake.Message.Any(char.IsControl) && mistake.Message.Length < 3_000)
            {
                refused++;
            }
            catch (Exception crash)
            {
                var place = crash.StackTrace?.Split('\n').FirstOrDefault(
                    line => line.Contains("Steelyard", StringComparison.Ordinal));
                failures.TryAdd($"{crash.GetType().Name} {place?.Trim()}", $"{crash}\n{text}");
            }
        }

        var told = string.Join("\n\n", failures.Values.Take(20));
        Assert.True(failures.Count == 0, $"{failures.Count}\n{told}");
        Assert.InRange(refused, Rounds / 20, Rounds * 19 / 20);
    }

    static Scenario AbleToDoAll(Scenario scenario) => scenario with
    {
        Cluster = scenario.Cluster with
        {
            Nodes =
            [
                .. scenario.Cluster.Nodes.Select(node => node with
                {
                    Abilities = NodeAbilities.Disk | NodeAbilities.Drain, Versions = 2,
                }),
            ],
        },
    };

    static string Mutate(string sample, Random random)
    {
        var text = new StringBuilder(sample);
        for (var times = random.Next(1, 3); times > 0; times--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(6), text.Length - at));
                    break;
                case 1:
                    text[at] = (char)random.Next(32, 127);
                    break;
                case 2 when text.Length > 1:
                    text.Length = Math.Max(1, at);
                    break;
                case 3:
                    Replace(text, at, Splinters[random.Next(Splinters.Length)]);
                    break;
                default:
                    text.Insert(at, Splinters[random.Next(Splinters.Length)]);
                    break;
            }
        }

        return text.ToString();
    }

    // A whole word gives way, so that a value becomes another value.
    static void Replace(StringBuilder text, int at, string splinter)
    {
        var (from, to) = (at, at);
        while (from > 0 && IsOfWord(text[from - 1]))
            from--;
        while (to < text.Length && IsOfWord(text[to]))
            to++;
        text.Remove(from, to - from).Insert(from, splinter);
    }

    static bool IsOfWord(char one) => char.IsAsciiLetterOrDigit(one) || one is '.' or '-';
}
