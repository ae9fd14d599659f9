using System.Globalization;
using System.Text.Json;
using Steelyard.Analysis.Laws;

namespace Steelyard.App.Tests.Commands;

/// <summary>Laws, fits, quorums and caches through the command line: the figures, and one line for whatever
/// is
/// wrong.</summary>
public sealed class NumbersTests : IDisposable
{
    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void A_law_gives_its_figures_as_one_flat_object_and_as_a_curve()
    {
        var run = _steelyard.Run(
            "law", "mmc", "--lambda", "90", "--service", "20ms", "--servers", "2", "--json", "--plot",
                "c.svg");

        Assert.Equal(0, run.Code);
        Assert.Equal(85.263157894, Number(run.Output, "meanWaitMs"), 1e-6);
        var svg = File.ReadAllText(Path.Combine(_steelyard.Folder, "c.svg"));
        Assert.Contains("lambda: requests that arrive, a second", svg, StringComparison.Ordinal);
        Assert.Contains("mean response (ms)", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_law_answers_the_example_of_its_help()
    {
        foreach (var law in AllLaws.All)
        {
            var help = _steelyard.Run("law", law.Name, "--help").Output;
            var example =
                help[(help.IndexOf("Example:", StringComparison.Ordinal) + 8)..].Trim().Split(' ')[1..];
            var run = _steelyard.Run([.. example, "--json"]);
            Assert.True(run.Code == 0, $"{string.Join(' ', example)}: {run.Error}");
            Assert.NotEmpty(JsonDocument.Parse(run.Output).RootElement.EnumerateObject());
        }
    }

    [Fact]
    public void Two_nines_are_432_minutes_of_a_month_of_thirty_days()
    {
        var run = _steelyard.Run("law", "nines", "--availability", "0.99", "--json");

        Assert.Equal(432, Number(run.Output, "downMinutesMonth"), 1e-9);
    }

    [Fact]
    public void Beyond_the_capacity_nothing_has_an_end()
    {
        var run = _steelyard.Run("law", "mm1", "--lambda", "200", "--service", "10ms");
        var json = _steelyard.Run("law", "mm1", "--lambda", "200", "--service", "10ms", "--json");

        Assert.Contains("without end", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            JsonValueKind.Null, JsonDocument.Parse(json.Output).RootElement.GetProperty(
                "meanWaitMs").ValueKind);
    }

    [Fact]
    public void The_largest_room_and_load_there_can_be_are_answered_at_once_and_with_all_digits()
    {
        var room = _steelyard.Run("law", "mm1k", "--lambda", "100", "--service", "10ms", "--room", "100000",
            "--json");
        var lost = _steelyard.Run("law", "erlang-b", "--offered", "1e300", "--servers", "7", "--json");

        Assert.Equal(50_000, Number(room.Output, "meanNumber"), 1e-6);
        Assert.Equal(7, Number(lost.Output, "carried"), 1e-9);
    }

    [Fact]
    public void What_a_client_reads_again_is_as_old_as_writes_allow_it()
    {
        var run = _steelyard.Run("law", "k-staleness", "--n", "3", "--r", "1", "--w", "1", "--writes", "6",
            "--reads", "3", "--json");

        Assert.Equal(1 - Math.Pow(2.0 / 3, 3), Number(run.Output, "monotonicReads"), 1e-12);
    }

    [Theory]
    [InlineData(
        "law mmc --lambda 0 --service 10ms --servers 2", "--lambda: expected a number above 0, found 0")]
    [InlineData("law mmc --lambda 9 --service 10ms --servers 1.5",
        "--servers: expected a whole number from 1 to 100000, found 1.5")]
    [InlineData("law mmc --lambda 9 --service slow --servers 1", "--service: expected a time such as 10ms")]
    [InlineData("law mm1 --lambda 9", "--service: expected the mean time of service")]
    [InlineData("law little --lambda 9 --stay 1s --plot x.svg", "--plot: expected what is a curve")]
    [InlineData("pbs --preset WANN", "--preset: expected LNKD-SSD, LNKD-DISK, YMMR, WAN, found \"WANN\"")]
    [InlineData("pbs --n 3 --r 4", "--r: expected a whole number from 1 to 3, found 4")]
    [InlineData("law k-staleness --n 3 --r 4 --w 1", "--r: expected no more than --n, 3, found 4")]
    [InlineData("law k-staleness --n 3 --r 1 --w 4", "--w: expected no more than --n, 3, found 4")]
    [InlineData("law k-of-n --each 0.9 --needed 4 --count 3",
        "--needed: expected no more than --count, 3, found 4")]
    [InlineData("cache . --size 3", "expected a trace that can be read, found .: it is a folder, not a file")]
    [InlineData("pbs --p 1", "--p: expected a number between 0 and 1, without these, found 1")]
    [InlineData("pbs --trials 99999999999", "--trials: expected a whole number from 1000 to 50000000")]
    [InlineData("pbs --n many", "--n: expected a number, found \"many\"")]
    [InlineData("fit usl zero.csv", "zero.csv line 1: expected loads and throughputs above 0, found 0 and 0")]
    [InlineData("fit usl huge.csv", "expected measurements that tell contention from coherence")]
    [InlineData("cache cut.gz --size 3", "cut.gz is cut short: its gzipped bytes end in the middle")]
    [InlineData("fit usl one.csv", "expected at least 4 measurements at three loads or more, found 1 at 1")]
    [InlineData("fit usl bad.csv", "bad.csv line 2: expected two numbers, load and throughput, found \"2\"")]
    [InlineData("fit usl absent.csv", "absent.csv")]
    [InlineData("cache t.txt", "--size: expected how much the cache holds, as 2000, found nothing")]
    [InlineData("cache t.txt --size 0", "--size: expected a whole number above 0")]
    [InlineData("cache t.txt --size 3 --policy lur", "--policy: expected lru, fifo")]
    [InlineData(
        "cache t.txt --size 3 --bytes", "--bytes: expected a trace that tells sizes, found t.txt (text)")]
    [InlineData("cache bad.csv --size 3", "bad.csv line 1: expected the number of an object, found \"1,5\"")]
    public void A_mistake_is_one_line_with_its_place(string command, string expected)
    {
        _steelyard.Write("one.csv", "load,throughput\n1,5\n");
        _steelyard.Write("bad.csv", "1,5\n2\n");
        _steelyard.Write("t.txt", "1\n2\n1\n");
        _steelyard.Write("zero.csv", "0,0\n1,2\n2,3\n3,4\n4,5\n");
        _steelyard.Write("huge.csv", "1,1e308\n2,1e308\n3,1e308\n4,1e308\n5,1e308\n");
        File.WriteAllBytes(
            Path.Combine(_steelyard.Folder, "cut.gz"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 51]);

        var run = _steelyard.Run(command.Split(' '));

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public void A_fit_finds_the_law_that_made_the_measurements()
    {
        var law = new Analysis.Laws.Scaling.UniversalScalability(0.05, 0.001, 100);
        _steelyard.Write("m.csv", "# measured\nworkers;per second\n" + string.Concat(
            new[] { 1, 2, 4, 8, 16, 32 }.Select(load => string.Create(
                CultureInfo.InvariantCulture, $"{load};{law.Throughput(load)}\n"))));

        var run = _steelyard.Run("fit", "usl", "m.csv", "--json");

        Assert.Equal(0.05, Number(run.Output, "alpha"), 1e-6);
        Assert.Equal(0.001, Number(run.Output, "beta"), 1e-7);
        Assert.Equal(law.PeakLoad, Number(run.Output, "peakLoad"), 1e-2);
    }

    [Fact]
    public void Quorums_that_meet_see_every_write_at_once_and_the_same_seed_tells_the_same()
    {
        string[] words = ["pbs", "--preset", "LNKD-DISK", "--trials", "20000", "--json"];
        var first = _steelyard.Run(words);
        var second = _steelyard.Run(words);
        var strict = _steelyard.Run([.. words, "--r", "2", "--w", "2"]);

        Assert.Equal(first.Output, second.Output);
        Assert.InRange(Number(first.Output, "consistentAt0"), 0.41, 0.46);
        Assert.Equal(0, Number(strict.Output, "tVisibilityMs"));
        Assert.Equal(1, Number(strict.Output, "consistentAt0"));
    }

    [Fact]
    public void A_cache_tells_hits_of_each_policy_and_size()
    {
        _steelyard.Write("t.txt", string.Concat(Enumerable.Range(0, 300).Select(one => $"{one % 7}\n")));

        var one = _steelyard.Run("cache", "t.txt", "--size", "7", "--json");
        var all = _steelyard.Run("cache", "t.txt", "--policy", "all", "--size", "3,50%,7", "--json");
        var table = _steelyard.Run("cache", "t.txt", "--size", "curve", "--plot", "c.svg");

        Assert.Equal(293, Number(one.Output, "hits"));
        Assert.Equal(27, JsonDocument.Parse(all.Output).RootElement.GetArrayLength());
        Assert.Equal(0, table.Code);
        Assert.Contains(
            "Hits of t.txt", File.ReadAllText(Path.Combine(_steelyard.Folder, "c.svg")),
            StringComparison.Ordinal);
    }

    static double Number(string json, string name) =>
        JsonDocument.Parse(json).RootElement.GetProperty(name).GetDouble();
}
