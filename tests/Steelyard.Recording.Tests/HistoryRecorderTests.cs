using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Formats;

namespace Steelyard.Recording.Tests;

public sealed class HistoryRecorderTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("steelyard").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.jsonl.gz")]
    public void What_was_asked_and_told_is_read_back_as_it_was(string name)
    {
        using (var recorder = HistoryRecorder.Create(FileOf(name)))
        {
            recorder.Invoke("write", "x", 7, "n1").Ok();
            recorder.Invoke("cas", "x", Value.List(7, 8)).Fail();
            recorder.Invoke("write", "x", 9).Info("timeout");
            recorder.Invoke("read", "x").Ok(7);
            _ = recorder.Invoke("read", "y");
        }

        Assert.Equal(
            [
                "process 0: write x 7 → ok", "process 0: cas x [7, 8] → fail",
                "process 0: write x 9 → info (timeout)", "process 1: read x → ok 7",
                "process 1: read y → open",
            ],
            Read(name).Operations.Select(operation => operation.ToString()));
        Assert.Equal("n1", Read(name)[0].Node);
        Assert.Equal(0, Read(name).NotRecorded);
    }

    [Fact]
    public void A_scope_that_an_exception_leaves_ends_info_and_one_that_ended_stays_as_it_is()
    {
        using (var recorder = HistoryRecorder.Create(FileOf("a.jsonl")))
        {
            Assert.Throws<TimeoutException>(() => LeaveByAnException(recorder));
            using var ended = recorder.Invoke("write", "x", 2);
            ended.Fail("refused");
        }

        Assert.Equal(
            [(Outcome.Info, "it was left without an outcome"), (Outcome.Fail, "refused")],
            Read("a.jsonl").Operations.Select(operation => (operation.Outcome, operation.Error!)));
    }

    [Fact]
    public void An_operation_ends_once_and_not_after_another_took_its_place()
    {
        using var recorder = HistoryRecorder.Create(FileOf("a.jsonl"));
        var operation = recorder.Invoke("write", "x", 1);
        operation.Ok();

        Assert.Throws<InvalidOperationException>(() => operation.Info());
        var next = recorder.Invoke("write", "x", 2);
        Assert.Throws<InvalidOperationException>(() => operation.Ok());
        next.Ok();
    }

    [Fact]
    public void A_client_keeps_its_process_until_an_info_and_has_one_operation_at_a_time()
    {
        using (var recorder = HistoryRecorder.Create(FileOf("a.jsonl")))
        {
            var client = recorder.NewClient("n2");
            client.Invoke("read").Ok(1);
            recorder.Invoke("read").Ok(1);
            client.Invoke("read").Fail("refused");
            client.Invoke("read").Info("timeout");
            var open = client.Invoke("read");
            var mistake = Assert.Throws<UserMistakeException>(() => client.Invoke("write"));
            Assert.Contains("its read is still open", mistake.Message);
            open.Ok(2);
            recorder.Invoke("read").Ok(1);
        }

        Assert.Equal([0, 1, 0, 0, 2, 1], Read("a.jsonl").Operations.Select(operation => operation.Process));
        Assert.Equal([1, 5], Read("a.jsonl").Operations.Where(one => one.IsLone).Select(one => one.Index));
    }

    [Fact]
    public void Fifty_threads_leave_a_history_that_keeps_the_rules_with_times_that_ascend()
    {
        const int Each = 200;
        using (var recorder = HistoryRecorder.Create(FileOf("a.jsonl.gz"), new() { MostWaiting = 1_024 }))
        {
            var threads = Enumerable.Range(0, 50).Select(number => new Thread(() => Work(recorder, number)))
                .ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Assert.Equal(50 * Each, recorder.Operations);
        }

        // The reader refuses a process with two operations open, one that goes on after an info, and times
        // that contradict the order.
        var read = HistoryFile.Read(FileOf("a.jsonl.gz"), new ReadOptions());
        Assert.Null(read.Warning);
        var history = read.History;
        Assert.Equal(50 * Each, history.Count);
        Assert.DoesNotContain(history.Operations, operation => operation.Outcome == Outcome.Open);
        var times = HistoryEvents.Of(history).Select(entry => entry.IsCompletion
            ? history[entry.Operation].CompletedNs : history[entry.Operation].InvokedNs).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(
            50 * Each, history.Operations.Select(operation => operation.Input.AsInteger).Distinct().Count());

        static void Work(HistoryRecorder recorder, int number)
        {
            for (var i = 0; i < Each; i++)
            {
                using var operation = recorder.Invoke("write", number % 5, (number * Each) + i);
                if (i % 10 != 3)
                    operation.Ok();
            }
        }
    }

    [Fact]
    public void An_atomic_register_recorded_under_threads_is_linearizable_and_a_stale_one_is_not()
    {
        Assert.Equal(Validity.Valid, Judged(isStale: false));
        Assert.Equal(Validity.Invalid, Judged(isStale: true));
    }

    [Fact]
    public void What_a_slow_disk_makes_the_recorder_miss_is_counted_in_the_history()
    {
        using var disk = new HeldStream();
        long missed;
        using (var recorder = HistoryRecorder.Create(
                   disk, new() { MostWaiting = 1_024, WhenFull = WhenFull.Miss }))
        {
            var before = recorder.Invoke("write", "x", -1);
            for (var i = 0; i < 5_000; i++)
                recorder.Invoke("write", "x", i).Ok();
            before.Ok();
            missed = recorder.Missed;
            disk.Release();
        }

        Assert.InRange(missed, 1, 5_000);
        var history = Read(disk);
        Assert.Equal(missed, history.NotRecorded);
        Assert.Equal(5_001 - missed, history.Count);
        Assert.DoesNotContain(history.Operations, operation => operation.Outcome == Outcome.Open);
    }

    [Fact]
    public void A_slow_disk_makes_invocations_wait_and_nothing_is_missed()
    {
        using var disk = new HeldStream();
        using (var recorder = HistoryRecorder.Create(disk, new() { MostWaiting = 1_024 }))
        {
            var thread = new Thread(() =>
            {
                for (var i = 0; i < 5_000; i++)
                    recorder.Invoke("write", "x", i).Ok();
            });
            thread.Start();
            Assert.True(disk.WaitUntilAsked());
            Assert.InRange(recorder.Operations, 0, 4_999);
            disk.Release();
            thread.Join();
            Assert.Equal((5_000, 0), (recorder.Operations, recorder.Missed));
        }

        Assert.Equal(5_000, Read(disk).Count);
    }

    [Fact]
    public void A_disk_that_fails_lets_callers_go_on_and_is_told_at_the_end()
    {
        var recorder = HistoryRecorder.Create(
            new FullStream(), new() { FlushEvery = TimeSpan.FromMilliseconds(1) });
        SpinWait.SpinUntil(() =>
        {
            recorder.Invoke("write", "x", 1).Ok();
            return recorder.Missed > 0;
        });

        var failure = Assert.Throws<IOException>(recorder.Dispose);
        Assert.Contains("is cut short: no room", failure.Message);
    }

    [Fact]
    public void Faults_and_phases_stand_where_they_were_told()
    {
        using (var recorder = HistoryRecorder.Create(FileOf("a.jsonl")))
        {
            recorder.Invoke("write", "x", 1).Ok();
            recorder.Add(new()
            {
                Kind = "crash", Phase = FaultPhase.Start, Description = "n1 is killed", Nodes = ["n1"],
                TimeNs = 0,
            });
            recorder.Mark(HistoryPhase.LoadEnd);
            recorder.Invoke("read", "x").Ok(1);
        }

        var history = Read("a.jsonl");
        Assert.Equal("n1 is killed", Assert.Single(history.Faults).Description);
        Assert.Equal(2, history.Faults[0].Position);
        Assert.Equal(3, history.Phases.LoadEnd!.Value.Position);
        Assert.Equal(4, history[1].InvokedAt);
    }

    [Fact]
    public void What_is_invoked_or_ends_after_the_end_is_not_of_the_history()
    {
        var recorder = HistoryRecorder.Create(FileOf("a.jsonl"));
        var open = recorder.Invoke("write", "x", 1);
        recorder.Dispose();
        open.Ok();
        Assert.False(recorder.Invoke("write", "x", 2).IsRecorded);

        Assert.Equal(Outcome.Open, Assert.Single(Read("a.jsonl").Operations).Outcome);
    }

    [Fact]
    public void A_recorder_whose_options_are_out_of_range_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => HistoryRecorder.Create(FileOf("a.jsonl"), new() { MostWaiting = 5 }));

        Assert.Equal("MostWaiting: expected 1024 or more, found 5", mistake.Message);
        Assert.False(File.Exists(FileOf("a.jsonl")));
    }

    static void LeaveByAnException(HistoryRecorder recorder)
    {
        using var operation = recorder.Invoke("write", "x", 1);
        throw new TimeoutException();
    }

    Validity Judged(bool isStale)
    {
        var name = $"{isStale}.jsonl.gz";
        using (var recorder = HistoryRecorder.Create(FileOf(name)))
        {
            long current = 0;
            var threads = Enumerable.Range(0, 8).Select(number => new Thread(() =>
            {
                for (var i = 1; i <= 50; i++)
                {
                    var next = (number * 1_000) + i;
                    using (var write = recorder.Invoke("write", input: next))
                    {
                        Interlocked.Exchange(ref current, next);
                        write.Ok();
                    }

                    using var read = recorder.Invoke("read");
                    var seen = Interlocked.Read(ref current);
                    // A cache that was never told: what stood there at first.
                    read.Ok(isStale && i == 30 ? Value.Nil : (Value)seen);
                }
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }

        return new Linearizable(KnownModels.Register(Value.Nil)).Check(Read(name)).Validity;
    }

    string FileOf(string name) => Path.Combine(_folder, name);

    History Read(string name) => HistoryFile.Read(FileOf(name));

    static History Read(HeldStream disk) =>
        HistoryFile.Read(new MemoryStream(disk.Bytes), "a", new ReadOptions()).History;
}
