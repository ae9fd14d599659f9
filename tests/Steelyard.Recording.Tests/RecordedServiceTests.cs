using System.Net;
using System.Net.Http.Json;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Recording.Http;

namespace Steelyard.Recording.Tests;

/// <summary>A real service under fifty clients at once, recorded from both sides and judged.</summary>
public sealed class RecordedServiceTests : IDisposable
{
    const int Clients = 50;
    const int Keys = 10;

    readonly string _folder = Directory.CreateTempSubdirectory("steelyard").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_service_that_is_right_is_valid_from_both_sides()
    {
        var (asked, served) = await Record(losesUpdates: false);

        Assert.Equal(Validity.Valid, Judged(asked).Validity);
        Assert.Equal(Validity.Valid, Judged(served).Validity);
        Assert.Equal(Counts(asked), Counts(served));
        Assert.All(served.Operations, operation => Assert.Equal("server", operation.Node));
        Assert.Contains(asked.Operations, one => one is { Function: "cas", Outcome: Outcome.Ok });
        // That its compare did not match is an observation.
        Assert.Contains(
            asked.Operations, one => one is { Function: "cas", Outcome: Outcome.Fail, Error: null });
    }

    [Fact]
    public async Task A_service_that_loses_an_update_is_invalid_from_both_sides()
    {
        var (asked, served) = await Record(losesUpdates: true);

        Assert.Equal(Validity.Invalid, Judged(asked).Validity);
        Assert.Equal(Validity.Invalid, Judged(served).Validity);
    }

    [Fact]
    public async Task A_server_tells_what_is_aborted_or_throws_as_unknown_and_what_it_answers_as_it_was()
    {
        await using (var recorder = HistoryRecorder.Create(FileOf("served.jsonl")))
        {
            await using var service = await RecordedService.StartAsync(recorder, losesUpdates: false);
            using var http = new HttpClient { BaseAddress = service.Address };
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/registers/x")).StatusCode);
            await http.PutAsJsonAsync("/registers/x", 5);
            Assert.Equal(5, await http.GetFromJsonAsync<long>("/registers/x"));
            await http.PostAsync("/registers/x/cas", new StringContent("{}"));
            await http.GetAsync("/broken/x");
            Assert.Equal("7", await http.GetStringAsync("/raw"));
            await Abort(http, service);
        }

        Assert.Equal(
            [
                "process 0: read x → ok", "process 0: write x 5 → ok", "process 0: read x → ok 5",
                "process 0: cas x [nil, nil] → fail (415 UnsupportedMediaType)",
                "process 0: broken x → info (InvalidOperationException)", "process 1: raw → ok 7",
                "process 1: slow → info (aborted)",
            ],
            Read("served.jsonl").Operations.Select(one => one.ToString()));
    }

    static async Task Abort(HttpClient http, RecordedService service)
    {
        using var stop = new CancellationTokenSource();
        var asked = http.GetAsync("/slow", stop.Token);
        await service.SlowIsAsked;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    async Task<(History Asked, History Served)> Record(bool losesUpdates)
    {
        await using (var served = HistoryRecorder.Create(FileOf("served.jsonl.gz")))
        await using (var asked = HistoryRecorder.Create(FileOf("asked.jsonl.gz")))
        {
            await using var service = await RecordedService.StartAsync(served, losesUpdates);
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Ask(asked, service, client)));
        }

        return (Read("asked.jsonl.gz"), Read("served.jsonl.gz"));
    }

    static async Task Ask(HistoryRecorder recorder, RecordedService service, int client)
    {
        using var handler = new RecordingHandler(recorder.NewClient(), RecordedService.Routes)
        {
            InnerHandler = new SocketsHttpHandler(),
        };
        using var http = new HttpClient(handler) { BaseAddress = service.Address };
        for (var i = 0; i < 4; i++)
        {
            var register = $"/registers/{(client + i) % Keys}";
            var value = (client * 1_000) + (i * 10);
            await http.PutAsJsonAsync(register, value);
            var from = await http.GetFromJsonAsync<long>(register);
            await http.PostAsJsonAsync($"{register}/cas", new { from, to = value + 1 });
            await http.GetFromJsonAsync<long>(register);
        }
    }

    static Verdict Judged(History history) =>
        new Linearizable(KnownModels.CasRegister(Value.Nil)).Check(history);

    static IEnumerable<(string, Outcome, int)> Counts(History history) => history.Operations
        .GroupBy(one => (one.Function, one.Outcome))
        .Select(group => (group.Key.Function, group.Key.Outcome, group.Count())).Order();

    string FileOf(string name) => Path.Combine(_folder, name);

    History Read(string name) => HistoryFile.Read(FileOf(name));
}
