using System.Text.Json;
using Steelyard.App.Commands;
using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.App.Tests;

public sealed class CheckTests : IDisposable
{
    const string Valid = "# @object atomic-queue\n[1] call enq(1)\n[1] return\n[2] call deq\n[2] return 1\n";
    const string Invalid = "# stack\n0 1 2 PUSH 1\n0 3 4 PUSH 2\n0 5 6 POP 1\n";

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void The_answer_about_one_file_stands_at_the_top()
    {
        _steelyard.Write("a.log", Invalid);

        var run = _steelyard.Run("check", "a.log", "--json");

        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(1, run.Code);
        Assert.Equal("Invalid", answer.GetProperty("validity").GetString());
        Assert.Equal("not-linearizable", answer.GetProperty("anomalies")[0].GetProperty("type").GetString());
        Assert.Equal(0, answer.GetProperty("notModels").GetArrayLength());
        Assert.Equal(3, answer.GetProperty("operations").GetInt32());
        foreach (var number in new[] { "parseMs", "checkMs", "peakBytes" })
            Assert.True(answer.GetProperty(number).GetDouble() > 0, number);
        Assert.Equal("Invalid", answer.GetProperty("files")[0].GetProperty("validity").GetString());
    }

    [Fact]
    public void A_page_goes_where_it_is_asked_for_and_tells_how_to_judge_again()
    {
        _steelyard.Write(
            "a b.txt", "0 invoke write 1\n0 ok write 1\n1 invoke read\n1 ok read 1\n");

        var run = _steelyard.Run(
            "check", "a b.txt", "--model", "register", "--staleness", "1", "--report", "pages/a.html");

        Assert.Equal(0, run.Code);
        Assert.Contains("Report   pages/a.html", run.Error, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(_steelyard.Folder, "pages", "a.html"));
        Assert.Contains("judged as register", page, StringComparison.Ordinal);
        Assert.Contains("a b.txt", page, StringComparison.Ordinal);
        Assert.Contains("--model register --staleness 1", page, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_steelyard.Folder, "runs")));
    }

    [Fact]
    public void Staleness_in_time_is_unknown_of_a_recording_without_times()
    {
        _steelyard.Write("a.log", "INFO jepsen.util - 0 :invoke :write 1\nINFO jepsen.util - 0 :ok :write 1\n"
            + "INFO jepsen.util - 1 :invoke :read nil\nINFO jepsen.util - 1 :ok :read 1\n");

        var run = _steelyard.Run("check", "a.log", "--model", "register", "--staleness", "1ms");

        Assert.Equal(3, run.Code);
        Assert.Contains("the recording has no times", run.Output, StringComparison.Ordinal);
        Assert.Contains("Whether the promise held is not decided.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_anomaly_is_told_once_and_what_it_returned_is_cut()
    {
        _steelyard.Write("a.txt", "0 invoke write 1\n0 ok write 1\n0 invoke write 2\n0 ok write 2\n"
            + "1 invoke read\n1 ok read 2\n1 invoke read\n1 ok read 1\n");
        _steelyard.Write("b.txt",
            $"0 invoke read\n0 ok read [{string.Join(", ", Enumerable.Range(0, 1_000))}]\n");

        var told = _steelyard.Run("check", "a.txt", "--model", "register", "--consistency", "causal").Output;
        var cut = _steelyard.Run("check", "b.txt", "--model", "set").Output;

        Assert.Equal(2, told.Split("after 2 had taken its place").Length);
        Assert.Contains("The promise is broken.", told, StringComparison.Ordinal);
        Assert.All(cut.Split('\n'), line => Assert.InRange(line.Length, 0, 260));
    }

    [Fact]
    public void A_list_shows_every_model_consistency_model_and_format()
    {
        foreach (var (topic, words) in new (string, IReadOnlyList<string>)[]
                 {
                     ("models", HistoryModels.Names), ("consistency", HistoryModels.Consistencies),
                     ("formats", HistoryFormats.Names),
                 })
        {
            var shown = _steelyard.Run("list", topic).Output.Split((char[])[' ', '\n'])
                .ToHashSet(StringComparer.Ordinal);
            Assert.All(words, word => Assert.Contains(word, shown));
        }
    }

    [Fact]
    public void A_mistake_in_one_file_leaves_the_others_their_verdicts()
    {
        _steelyard.Write("a.hist", Valid);
        _steelyard.Write("b.hist", "# @object atomic-queue\n[1] call enq(1)\n[1] retrun\n[1] return\n");
        _steelyard.Write("c.log", Invalid);

        var run = _steelyard.Run("check", "a.hist", "b.hist", "absent", "c.log", "--json");

        Assert.Equal(2, run.Code);
        var lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.StartsWith("steelyard: b.hist line 3: expected", lines[0], StringComparison.Ordinal);
        Assert.Contains("absent: there is no such file", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("Invalid", answer.GetProperty("validity").GetString());
        Assert.Equal(
            ["Valid", null, null, "Invalid"],
            answer.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("validity").GetString()));
    }

    [Fact]
    public void Folders_and_patterns_stand_for_their_files()
    {
        Directory.CreateDirectory(Path.Combine(_steelyard.Folder, "some", "deep"));
        _steelyard.Write(Path.Combine("some", "a.hist"), Valid);
        _steelyard.Write(Path.Combine("some", "notes.md"), "no history");
        _steelyard.Write(Path.Combine("some", "deep", "b.log"), Invalid);

        Assert.EndsWith("2 files: 1 valid, 1 invalid.\n", Checked("some"));
        Assert.EndsWith("2 files: 1 valid, 1 invalid.\n", Checked("some/a.*", "**/b.log"));
        Assert.Contains(
            "nothing*: expected a pattern that matches some file, found none",
            _steelyard.Run("check", "nothing*").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proof_is_shown_and_kept_whole_and_can_be_checked_again()
    {
        _steelyard.Write("a.log", Invalid);
        _steelyard.Write("b.hist", Valid);

        var run = _steelyard.Run("check", "a.log", "b.hist", "--prove", "--out", "proofs");

        Assert.Contains("3 operations alone have no order as a stack", run.Output, StringComparison.Ordinal);
        Assert.Contains("run again step by step as a queue", run.Output, StringComparison.Ordinal);
        var order = File.ReadAllLines(
            Path.Combine(_steelyard.Folder, "proofs", "b.hist", "linearizable-order.txt"));
        Assert.Equal(["0\tprocess 1: enq 1 → ok", "2\tprocess 2: deq → ok 1"], order);
        var again = _steelyard.Run(
            "check", "proofs/a.log/linearizable-counterexample.jsonl", "--model", "stack");
        Assert.Equal(1, again.Code);
    }

    [Fact]
    public void A_checker_without_proof_says_so()
    {
        _steelyard.Write("a.edn", "{:process 0 :type :invoke :value [[:append :x 1]]}\n");

        var run = _steelyard.Run("check", "a.edn", "--model", "list-append", "--prove");

        Assert.Contains("no proof: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_shows_the_witness()
    {
        _steelyard.Write("a.log", Invalid);

        _steelyard.Run("check", "a.log", "--report", "html", "--out", "page");

        var page = File.ReadAllText(Path.Combine(_steelyard.Folder, "page", "report.html"));
        Assert.Contains("process 0: pop", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_judged_before_an_interruption_is_told()
    {
        _steelyard.Write("a.log", Invalid);
        SteelyardProcess.RunProgram(_steelyard.Folder, "mkfifo", "endless.hist");
        var kept = Path.Combine(_steelyard.Folder, "out", "a.log", "linearizable-counterexample.jsonl");

        var run = _steelyard.RunAndInterrupt(
            () => File.Exists(kept),
            "check", "a.log", "endless.hist", "--prove", "--json", "--out", "out");

        Assert.Equal(130, run.Code);
        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.True(answer.GetProperty("interrupted").GetBoolean());
        Assert.Equal("Invalid", answer.GetProperty("files")[0].GetProperty("validity").GetString());
    }

    [Theory]
    [InlineData(0, Validity.Valid)]
    [InlineData(1, Validity.Valid, Validity.Invalid, Validity.Unknown)]
    [InlineData(2, Validity.Invalid, null)]
    [InlineData(3, Validity.Unknown, Validity.Valid)]
    public void Exit_codes_are_ranked(int code, params Validity?[] validities) =>
        Assert.Equal(code, CheckedFile.ExitCode([.. validities.Select(FileOf)]));

    static CheckedFile FileOf(Validity? validity) => validity is null
        ? new("file", null, "a mistake", 0)
        : new(
            "file",
            new HistoryCheck(
                "file", new(History.Parse(""), HistoryFormats.Named("text"), null), "register",
                [new() { Checker = "c", Validity = validity.Value, Summary = "" }]),
            null, 0);

    string Checked(params string[] files) => _steelyard.Run(["check", .. files]).Output;
}
