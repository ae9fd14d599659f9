using System.Net;
using Steelyard.Formats;
using Steelyard.Recording.Http;

namespace Steelyard.Recording.Tests.Http;

public sealed class RecordingHandlerTests : IDisposable
{
    static readonly HttpRoutes s_routes = new HttpRoutes()
        .Map("GET", "/registers/{key}", "read")
        .Map("PUT", "/registers/{key}", "write")
        .Map("POST", "/registers/{key}/cas", "cas", new() { Input = _ => Value.List(1, 2) })
        .Map("DELETE", "/registers/{key}", "delete")
        .Map("POST", "/tickets", "draw", new()
        {
            Output = exchange => HttpExchange.ValueOf(exchange.ResponseBody)["number"],
            Key = exchange => exchange.RequestHeader("X-Office"),
        })
        .Map("POST", "/said", "say", new()
        {
            Outcome = exchange => exchange.ResponseHeader("X-Done") == "yes" ? Outcome.Ok : Outcome.Open,
        });

    readonly string _file = Path.Combine(
        Directory.CreateTempSubdirectory("steelyard").FullName, "history.jsonl");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Theory]
    [InlineData("GET", "/registers/x", 200, "7", "read x → ok 7")]
    [InlineData("GET", "/registers/5", 200, "\"a\"", "read 5 → ok a")]
    [InlineData("GET", "/registers/x", 404, "", "read x → fail (404 NotFound)")]
    [InlineData("GET", "/registers/x", 500, "", "read x → info (500 InternalServerError)")]
    [InlineData("GET", "/registers/x", 304, "", "read x → info (304 NotModified)")]
    [InlineData("PUT", "/registers/x", 204, "", "write x 7 → ok")]
    [InlineData("PUT", "/registers/x", 200, """{"status":"done"}""", "write x 7 → ok")]
    [InlineData("PUT", "/registers/x", 400, "", "write x 7 → fail (400 BadRequest)")]
    [InlineData("PUT", "/registers/x", 409, "", "write x 7 → fail (409 Conflict)")]
    [InlineData("PUT", "/registers/x", 429, "", "write x 7 → fail (429 TooManyRequests)")]
    [InlineData("PUT", "/registers/x", 408, "", "write x 7 → info (408 RequestTimeout)")]
    [InlineData("PUT", "/registers/x", 499, "", "write x 7 → info (499)")]
    [InlineData("PUT", "/registers/x", 503, "", "write x 7 → info (503 ServiceUnavailable)")]
    [InlineData("POST", "/registers/x/cas", 412, "", "cas x [1, 2] → fail")]
    [InlineData("POST", "/registers/x/cas", 409, "", "cas x [1, 2] → fail")]
    [InlineData("POST", "/registers/x/cas", 403, "", "cas x [1, 2] → fail (403 Forbidden)")]
    [InlineData("POST", "/tickets", 201, """{"number":12}""", "draw main 7 → ok 12")]
    [InlineData("POST", "/said", 500, "yes", "say 7 → ok")]
    [InlineData("POST", "/said", 500, "no", "say 7 → info (500 InternalServerError)")]
    public async Task A_response_ends_the_operation_as_its_status_says(
        string method, string path, int status, string body, string expected)
    {
        await Send(Answer(status, body), method, path);

        Assert.Equal($"process 0: {expected}", Assert.Single(Recorded()).ToString());
    }

    [Theory]
    [InlineData("PUT", HttpRequestError.ConnectionError, "fail (ConnectionError)")]
    [InlineData("PUT", HttpRequestError.NameResolutionError, "fail (NameResolutionError)")]
    [InlineData("PUT", HttpRequestError.ResponseEnded, "info (ResponseEnded)")]
    [InlineData("PUT", HttpRequestError.Unknown, "info (HttpRequestException)")]
    // Without a body it may have been sent before, over a connection that was closed meanwhile.
    [InlineData("DELETE", HttpRequestError.ConnectionError, "info (ConnectionError)")]
    [InlineData("GET", HttpRequestError.ConnectionError, "fail (ConnectionError)")]
    public async Task Only_what_was_never_sent_fails_of_what_throws(
        string method, HttpRequestError error, string expected)
    {
        await Assert.ThrowsAsync<HttpRequestException>(
            () => Send(_ => throw new HttpRequestException(error), method, "/registers/x"));

        Assert.EndsWith($"→ {expected}", Assert.Single(Recorded()).ToString());
    }

    [Fact]
    public async Task A_timeout_is_unknown()
    {
        await Assert.ThrowsAsync<TaskCanceledException>(() => Send(
            _ => throw new TaskCanceledException("", new TimeoutException()), "PUT", "/registers/x"));

        Assert.Equal("process 0: write x 7 → info (timeout)", Assert.Single(Recorded()).ToString());
    }

    [Theory]
    [InlineData(false, "fail (409 Conflict)")]
    [InlineData(true, "info (409 Conflict, perhaps to a second attempt)")]
    public async Task A_refusal_above_a_handler_that_retries_says_nothing_of_earlier_attempts(
        bool hasRetriesBelow, string expected)
    {
        await Send(Answer(409, ""), "PUT", "/registers/x", hasRetriesBelow);

        Assert.EndsWith($"→ {expected}", Assert.Single(Recorded()).ToString());
    }

    [Fact]
    public async Task Below_a_handler_that_retries_each_attempt_is_an_operation()
    {
        var statuses = new Queue<int>([503, 200]);
        await using (var recorder = HistoryRecorder.Create(_file))
        {
            using var http = new HttpClient(new RetryOnce
            {
                InnerHandler = new RecordingHandler(recorder, s_routes)
                {
                    InnerHandler = new Stub(request => Answer(statuses.Dequeue(), "")(request)),
                },
            });
            await http.PutAsync("http://host/registers/x", new StringContent("7"));
        }

        Assert.Equal(
            ["process 0: write x 7 → info (503 ServiceUnavailable)", "process 1: write x 7 → ok"],
            Recorded().Select(one => one.ToString()));
    }

    [Fact]
    public async Task Requests_without_a_route_are_not_recorded_and_sent_as_they_are()
    {
        await Send(Answer(200, ""), "PUT", "/other/x");

        Assert.Empty(Recorded());
    }

    [Fact]
    public void A_request_that_is_sent_synchronously_is_recorded_too()
    {
        using (var recorder = HistoryRecorder.Create(_file))
        {
            using var http = Client(recorder, Answer(200, "9"));
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://host/registers/x");
            using var response = http.Send(request);
            Assert.Equal(9, response.Content.ReadAsStream().ReadByte() - '0');
        }

        Assert.Equal("process 0: read x → ok 9", Assert.Single(Recorded()).ToString());
    }

    [Fact]
    public async Task Requests_are_of_the_client_that_entered_the_flow_and_of_nobody_else()
    {
        await using (var recorder = HistoryRecorder.Create(_file))
        {
            using var http = Client(recorder, Answer(503, ""));
            var client = recorder.NewClient();
            client.Invoke("read").Ok(1);
            using (client.Enter())
                await http.GetAsync("http://host/registers/x");
            client.Invoke("read").Ok(1);
            await http.GetAsync("http://host/registers/x");
        }

        // Its first operation was an info: it goes on as another process.
        Assert.Equal([0, 0, 1, 2], Recorded().Select(one => one.Process));
    }

    [Fact]
    public async Task A_clients_requests_at_the_same_time_are_of_processes_of_their_own()
    {
        await using (var recorder = HistoryRecorder.Create(_file))
        {
            var client = recorder.NewClient();
            using var handler = new RecordingHandler(client, s_routes)
            {
                InnerHandler = new Stub(Answer(200, "1")),
            };
            using var http = new HttpClient(handler);
            var open = client.Invoke("read", "x");
            await http.GetAsync("http://host/registers/x");
            open.Ok(1);
            await http.GetAsync("http://host/registers/x");
        }

        Assert.Equal([0, 1, 0], Recorded().Select(one => one.Process));
    }

    async Task Send(
        Func<HttpRequestMessage, HttpResponseMessage> answer, string method, string path,
        bool hasRetriesBelow = false)
    {
        await using var recorder = HistoryRecorder.Create(_file);
        using var http = Client(recorder, answer, hasRetriesBelow);
        using var request = new HttpRequestMessage(new(method), $"http://host{path}");
        request.Headers.Add("X-Office", "main");
        if (method is "PUT" or "POST")
            request.Content = new StringContent("7");
        using var response = await http.SendAsync(request);
    }

    static HttpClient Client(
        HistoryRecorder recorder, Func<HttpRequestMessage, HttpResponseMessage> answer,
        bool hasRetriesBelow = false) =>
        new(new RecordingHandler(recorder, s_routes)
        {
            InnerHandler = new Stub(answer), HasRetriesBelow = hasRetriesBelow,
        });

    static Func<HttpRequestMessage, HttpResponseMessage> Answer(int status, string body) => _ => new()
    {
        StatusCode = (HttpStatusCode)status,
        Content = new StringContent(body),
        Headers = { { "X-Done", body == "yes" ? "yes" : "no" } },
    };

    List<Operation> Recorded() => [.. HistoryFile.Read(_file, new ReadOptions()).History.Operations];

    sealed class Stub(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));

        protected override HttpResponseMessage Send(
            HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);
    }

    sealed class RetryOnce : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var first = await base.SendAsync(request, cancellationToken);
            return first.IsSuccessStatusCode ? first : await base.SendAsync(request, cancellationToken);
        }
    }
}
