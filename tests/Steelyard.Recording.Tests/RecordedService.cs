using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Steelyard.Recording.AspNetCore;
using Steelyard.Recording.Http;

namespace Steelyard.Recording.Tests;

/// <summary>Registers with compare-and-set behind real HTTP, recorded by the server. One kind forgets to hold
/// its lock between the compare and the set.</summary>
internal sealed class RecordedService : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentDictionary<string, long> _values = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _lock = new(1);
    readonly TaskCompletionSource _slow = new();
    readonly bool _losesUpdates;

    RecordedService(WebApplication app, bool losesUpdates)
    {
        _app = app;
        _losesUpdates = losesUpdates;
    }

    /// <summary>Done when somebody asked for what takes until it is aborted.</summary>
    public Task SlowIsAsked => _slow.Task;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The routes, as both sides record them.</summary>
    public static HttpRoutes Routes { get; } = new HttpRoutes()
        .Map("GET", "/registers/{key}", "read", new() { Absent = Value.Nil })
        .Map("PUT", "/registers/{key}", "write")
        .Map("GET", "/broken/{key}", "broken")
        .Map("GET", "/slow", "slow")
        .Map("GET", "/raw", "raw")
        .Map("POST", "/registers/{key}/cas", "cas", new()
        {
            Input = static exchange =>
                Value.List(ValueUnder("from", exchange), ValueUnder("to", exchange)),
        });

    public static async Task<RecordedService> StartAsync(HistoryRecorder recorder, bool losesUpdates)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new RecordedService(builder.Build(), losesUpdates);
        service.Map(recorder);
        await service._app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _lock.Dispose();
    }

    static Value ValueUnder(string name, HttpExchange exchange) =>
        HttpExchange.ValueOf(exchange.RequestBody)[name];

    void Map(HistoryRecorder recorder)
    {
        _app.UseHistoryRecording(recorder, Routes, node: "server");
        _app.MapGet("/registers/{key}", (string key) =>
            _values.TryGetValue(key, out var value) ? Results.Json(value) : Results.NotFound());
        _app.MapPut("/registers/{key}", async (string key, HttpRequest request) =>
        {
            var value = await request.ReadFromJsonAsync<long>();
            await Exclusively(() => Task.FromResult(_values[key] = value));
            return Results.Json(new { status = "written" });
        });
        _app.MapPost("/registers/{key}/cas", async (string key, CompareAndSet asked) =>
            await (_losesUpdates ? Swap(key, asked) : Exclusively(() => Swap(key, asked)))
                ? Results.NoContent()
                : Results.Conflict());
        _app.MapGet("/broken/{key}", IResult (string key) =>
            throw new InvalidOperationException($"{key} is broken"));
        _app.MapGet("/slow", async (HttpContext context) =>
        {
            _slow.SetResult();
            var aborted = new TaskCompletionSource();
            await using var told = context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
        });
        _app.MapGet("/raw", (HttpContext context) =>
        {
            // Written without a flush: the server does that.
            context.Response.BodyWriter.GetSpan(1)[0] = (byte)'7';
            context.Response.BodyWriter.Advance(1);
        });
    }

    async Task<bool> Swap(string key, CompareAndSet asked)
    {
        if (!_values.TryGetValue(key, out var value) || value != asked.From)
            return false;
        if (_losesUpdates)
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        _values[key] = asked.To;
        return true;
    }

    async Task<T> Exclusively<T>(Func<Task<T>> work)
    {
        await _lock.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _lock.Release();
        }
    }

    sealed record CompareAndSet(long From, long To);
}
