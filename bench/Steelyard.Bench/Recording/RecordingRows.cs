using System.Diagnostics;
using System.Globalization;
using System.Net;
using Steelyard.Histories;
using Steelyard.Recording;
using Steelyard.Recording.Http;

namespace Steelyard.Bench.Recording;

/// <summary>What recording costs: all of it, with the thread that writes, and the part for which whoever
/// records waits.</summary>
internal static class RecordingRows
{
    const int Operations = 200_000;
    const int Burst = 20_000;
    const int Requests = 20_000;

    static readonly HttpRoutes s_routes = new HttpRoutes()
        .Map("GET", "/registers/{key}", "read").Map("PUT", "/registers/{key}", "write");

    /// <summary>The rows.</summary>
    public static IEnumerable<Row> All()
    {
        PrintCallersPart();
        yield return new("record to jsonl.gz, 1 thread", "operations/s", null, () => Record(1, ".jsonl.gz"));
        yield return new("record to jsonl.gz, 8 threads", "operations/s", null, () => Record(8, ".jsonl.gz"));
        yield return new("record to jsonl, 1 thread", "operations/s", null, () => Record(1, ".jsonl"));
        yield return new(
            "requests of HttpClient to a stub", "requests/s", null, () => Ask(isRecorded: false));
        yield return new("the same, recorded to jsonl.gz", "requests/s", null, () => Ask(isRecorded: true));
    }

    static double Record(int threads, string ending)
    {
        using var file = new RecordedFile(ending);
        using var recorder = HistoryRecorder.Create(file.Path);
        if (threads == 1)
            Record(recorder, 0, Operations);
        else
            Parallel.For(
                0, threads, new() { MaxDegreeOfParallelism = threads },
                number => Record(recorder, number, Operations / threads));
        return Operations;
    }

    static void Record(HistoryRecorder recorder, int number, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            using var operation = recorder.Invoke("write", number, i);
            operation.Ok();
        }
    }

    // While the writer does nothing: its share is in the other rows.
    static void PrintCallersPart()
    {
        using var file = new RecordedFile(".jsonl");
        using var recorder = HistoryRecorder.Create(
            file.Path, new() { MostWaiting = 20 * Burst, FlushEvery = TimeSpan.FromHours(1) });
        Record(recorder, 0, 2 * Burst);
        var best = double.MaxValue;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 5; turn++)
        {
            var began = Stopwatch.GetTimestamp();
            Record(recorder, turn, Burst / 10);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalNanoseconds / (Burst / 10.0));
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{"an operation, for whoever records it",-44} {best,8:F0} ns"
            + $" {bytes / (Burst / 2.0),10:F0} B each"));
    }

    static double Ask(bool isRecorded)
    {
        using var file = new RecordedFile(".jsonl.gz");
        using var recorder = HistoryRecorder.Create(file.Path);
        HttpMessageHandler handler = new AnswersAtOnce();
        if (isRecorded)
            handler = new RecordingHandler(recorder, s_routes) { InnerHandler = handler };
        using var http = new HttpClient(handler) { BaseAddress = new("http://host") };
        for (var i = 0; i < Requests / 2; i++)
        {
            http.PutAsync("/registers/x", new StringContent("7")).GetAwaiter().GetResult().Dispose();
            http.GetAsync("/registers/x").GetAwaiter().GetResult().Dispose();
        }

        return Requests;
    }

    sealed class AnswersAtOnce : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("7") });
    }

    /// <summary>A file that is gone after its recording.</summary>
    sealed class RecordedFile(string ending) : IDisposable
    {
        public string Path { get; } =
            System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"steelyard-bench{ending}");

        public void Dispose() => File.Delete(Path);
    }
}
