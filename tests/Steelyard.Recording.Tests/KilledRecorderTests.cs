using System.Diagnostics;
using System.Globalization;
using Steelyard.Formats;

namespace Steelyard.Recording.Tests;

/// <summary>A process that records is killed at once (SIGKILL): its file is read as far as it was
/// flushed.</summary>
public sealed class KilledRecorderTests : IDisposable
{
    /// <summary>The word by which these tests become the process to kill.</summary>
    public const string Word = "record-until-killed";

    static readonly TimeSpan FlushEvery = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Later = TimeSpan.FromSeconds(1);

    readonly string _folder = Directory.CreateTempSubdirectory("steelyard").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_process_that_is_killed_leaves_all_that_was_complete_and_a_file_that_says_it_was_cut()
    {
        var path = Path.Combine(_folder, "killed.jsonl.gz");
        var completed = KillOneThatRecords(path);

        var mistake = Assert.Throws<UserMistakeException>(() => HistoryFile.Read(path));
        Assert.StartsWith($"{path} is cut short", mistake.Message);
        var read = HistoryFile.Read(path, new ReadOptions { KeepPartial = true });
        Assert.True(read.IsPartial);
        var history = read.History;
        Assert.InRange(history.Operations.Count(one => one.Outcome == Outcome.Ok), completed, int.MaxValue);
        // In flight when the process was killed: nobody knows.
        Assert.Equal(("held", Outcome.Open), (history[0].Function, history[0].Outcome));
        Assert.Equal(
            Enumerable.Range(0, history.Count - 1).Select(number => (Value)number),
            history.Operations.Skip(1).Select(operation => operation.Input));
    }

    /// <summary>The process to kill: tells now and then how many operations are complete.</summary>
    public static int RecordUntilKilled(string path)
    {
        using var recorder = HistoryRecorder.Create(path, new() { FlushEvery = FlushEvery });
        _ = recorder.Invoke("held");
        for (var number = 0; ; number++)
        {
            recorder.Invoke("write", "x", number).Ok();
            if (number % 10 != 9)
                continue;
            Console.WriteLine((number + 1).ToString(CultureInfo.InvariantCulture));
            // A recording of seconds and not of millions of operations: nobody waits for this.
            Thread.Sleep(1);
        }
    }

    // How many had been complete for far longer than a flush takes to come.
    static int KillOneThatRecords(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(KilledRecorderTests).Assembly.Location, Word, path },
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var completed = int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Later)
            _ = process.StandardOutput.ReadLine();
        process.Kill();
        process.WaitForExit();
        return completed;
    }
}
