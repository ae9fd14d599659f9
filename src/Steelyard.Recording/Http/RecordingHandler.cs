using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Steelyard.Histories;

namespace Steelyard.Recording.Http;

/// <summary>
/// Records the requests of an <see cref="HttpClient"/> as operations: invoked before they are sent, ended by
/// their response. What throws ends Info, but for connections that never came about. Bodies of recorded
/// requests, and of the responses that are looked at, are held in memory.
/// </summary>
/// <remarks>
/// Below a handler that retries (nearer to the network) each attempt is an operation, which is what a server
/// sees. Above it an operation is all attempts together; then say <see cref="HasRetriesBelow"/>: a refusal of
/// the last attempt says nothing of those before.
/// </remarks>
public sealed class RecordingHandler : DelegatingHandler
{
    readonly HistoryRecorder _recorder;
    readonly RecordedClient? _client;
    readonly HttpRoutes _routes;

    /// <summary>Records as whoever is <see cref="RecordedClient.Current"/>, or each request as a process of
    /// its own.</summary>
    /// <param name="recorder">Where to.</param>
    /// <param name="routes">Which requests.</param>
    public RecordingHandler(HistoryRecorder recorder, HttpRoutes routes) =>
        (_recorder, _routes) = (recorder, routes);

    /// <summary>Records as one client; requests that it sends while one is under way have processes of their
    /// own.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="routes">Which requests.</param>
    public RecordingHandler(RecordedClient client, HttpRoutes routes)
        : this(client.Recorder, routes) => _client = client;

    /// <summary>True when a handler nearer to the network sends a request again after a failure: what is
    /// refused then ends Info. False when not said.</summary>
    public bool HasRetriesBelow { get; init; }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        TryMatch(request, out var route, out var exchange)
            ? Recorded(
                route, exchange, request, () => base.SendAsync(request, cancellationToken), cancellationToken)
            : base.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        TryMatch(request, out var route, out var exchange)
            ? Recorded(
                route, exchange, request, () => Task.FromResult(base.Send(request, cancellationToken)),
                cancellationToken).GetAwaiter().GetResult()
            : base.Send(request, cancellationToken);

    bool TryMatch(
        HttpRequestMessage request, [NotNullWhen(true)] out MappedRoute? route,
        [NotNullWhen(true)] out HttpExchange? exchange)
    {
        exchange = null;
        route = null;
        if (request.RequestUri is not { IsAbsoluteUri: true } uri)
            return false;
        var method = request.Method.Method;
        if (!_routes.TryMatch(method, uri.AbsolutePath, out route, out var variables))
            return false;
        exchange = new(
            method, uri.AbsolutePath, uri.Query, variables,
            name => Header(name, request.Headers, request.Content?.Headers));
        return true;
    }

    async Task<HttpResponseMessage> Recorded(
        MappedRoute route, HttpExchange exchange, HttpRequestMessage request,
        Func<Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        if (route.ReadsRequest && request.Content is { } content)
            exchange.RequestBody = await Text(content, cancellation).ConfigureAwait(false);
        // Left by an exception it ends Info.
        using var operation = _recorder.Begin(
            _client ?? RecordedClient.Current, route.Function, route.KeyOf(exchange), route.InputOf(exchange),
            node: null, orAlone: true);
        try
        {
            var response = await send().ConfigureAwait(false);
            await End(operation, route, exchange, response, cancellation).ConfigureAwait(false);
            return response;
        }
        catch (Exception failure)
        {
            End(operation, request, failure);
            throw;
        }
    }

    async Task End(
        InvokedOperation operation, MappedRoute route, HttpExchange exchange, HttpResponseMessage response,
        CancellationToken cancellation)
    {
        var body = route.ReadsResponse
            ? await Text(response.Content, cancellation).ConfigureAwait(false)
            : "";
        exchange.Answer(
            (int)response.StatusCode, body,
            name => Header(name, response.Headers, response.Content.Headers));
        route.End(operation, exchange, mayHaveFailed: !HasRetriesBelow);
    }

    void End(InvokedOperation operation, HttpRequestMessage request, Exception failure)
    {
        var why = FailedRequest.Describe(failure);
        if (!HasRetriesBelow && FailedRequest.WasNeverSent(request, failure))
            operation.TryFail(why);
        else
            operation.Abandon(why);
    }

    static async Task<string> Text(HttpContent content, CancellationToken cancellation)
    {
        await content.LoadIntoBufferAsync(cancellation).ConfigureAwait(false);
        return await content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
    }

    static string? Header(string name, HttpHeaders headers, HttpContentHeaders? ofContent)
    {
        if (headers.NonValidated.TryGetValues(name, out var values))
            return values.ToString();
        return ofContent is not null && ofContent.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;
    }
}
