using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Formats;

namespace Steelyard.Recording.Tests;

public sealed class MergedRecordingsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("steelyard").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(7, Validity.Valid)]
    [InlineData(6, Validity.Invalid)]
    public void What_one_recorded_before_another_stands_before_it(int seen, Validity expected)
    {
        using (var first = HistoryRecorder.Create(FileOf("1.jsonl.gz")))
        using (var second = HistoryRecorder.Create(FileOf("2.jsonl.gz")))
        {
            first.Invoke("write", "x", 6).Ok();
            second.Invoke("write", "x", 7).Ok();
            var over = second.NewClient().Invoke("write", "y", 1);
            first.NewClient().Invoke("read", "x").Ok(seen);
            over.Info("timeout");
        }

        var history = Merged("2.jsonl.gz", "1.jsonl.gz");

        Assert.Equal(
            ["write x 6 → ok", "write x 7 → ok", "write y 1 → info (timeout)", $"read x → ok {seen}"],
            history.Operations.Select(one => one.ToString().Split(": ")[1]));
        Assert.Equal(4, history.Operations.Select(one => one.Process).Distinct().Count());
        Assert.Equal([true, true, false, false], history.Operations.Select(one => one.IsLone));
        Assert.Equal(expected, new Linearizable(KnownModels.Register(Value.Nil)).Check(history).Validity);
    }

    [Fact]
    public void What_has_the_same_time_overlaps()
    {
        Write("1.jsonl", "m", 100, "write", 50, 60, isWhole: true);
        Write("2.jsonl", "m", 130, "read", 30, 40, isWhole: true);

        var history = Merged("1.jsonl", "2.jsonl");

        // At 160 by the clock the one ends and the other is invoked.
        Assert.Equal(["write", "read"], history.Operations.Select(one => one.Function));
        Assert.True(history[1].InvokedAt < history[0].CompletedAt);
        Assert.Equal([50L, 60L], history.Operations.Select(one => one.InvokedNs));
    }

    [Fact]
    public void Behind_the_end_of_one_that_is_cut_short_nothing_is_known()
    {
        Write("1.jsonl", "m", 100, "write", 0, 10, isWhole: false);
        Write("2.jsonl", "m", 100, "read", 5, 11, isWhole: true);

        Assert.Throws<UserMistakeException>(() => Merged("1.jsonl", "2.jsonl"));
        var read = HistoryFile.Read(FileOf("both.jsonl.gz"), new ReadOptions { KeepPartial = true });

        Assert.Equal(
            [("write", Outcome.Ok), ("read", Outcome.Open)],
            read.History.Operations.Select(one => (one.Function, one.Outcome)));
    }

    [Fact]
    public void Recordings_of_other_machines_and_what_is_no_recording_are_refused()
    {
        Write("1.jsonl", "m", 100, "write", 0, 10, isWhole: true);
        Write("2.jsonl", "n", 100, "read", 5, 11, isWhole: true);
        File.WriteAllText(FileOf("3.jsonl"), """{"process":0,"type":"invoke","f":"read"}""");

        Assert.Contains(
            "expected recordings of one machine",
            Assert.Throws<UserMistakeException>(() => Merged("1.jsonl", "2.jsonl")).Message);
        Assert.Contains(
            "expected a recording, which says when it began",
            Assert.Throws<UserMistakeException>(() => Merged("1.jsonl", "3.jsonl")).Message);
    }

    History Merged(params string[] names)
    {
        MergedRecordings.Write([.. names.Select(FileOf)], FileOf("both.jsonl.gz"));
        return HistoryFile.Read(FileOf("both.jsonl.gz"));
    }

    void Write(
        string name, string machine, int clock, string function, int invoked, int ended, bool isWhole) =>
        File.WriteAllText(FileOf(name), $$"""
            {"recording":"begin","clock":{{clock}},"machine":"{{machine}}"}
            {"index":0,"time":{{invoked}},"process":0,"type":"invoke","f":"{{function}}"}
            {"index":1,"time":{{ended}},"process":0,"type":"ok","f":"{{function}}"}

            """ + (isWhole ? """{"recording":"end","operations":1}""" : ""));

    string FileOf(string name) => Path.Combine(_folder, name);
}
