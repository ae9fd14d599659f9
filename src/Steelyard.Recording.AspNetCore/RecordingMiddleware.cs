using System.Text;
using Microsoft.AspNetCore.Http;
using Steelyard.Recording.Http;

namespace Steelyard.Recording.AspNetCore;

/// <summary>Records what passes through.</summary>
internal sealed class RecordingMiddleware(
    HistoryRecorder recorder, HttpRoutes routes, string? node, RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!routes.TryMatch(request.Method, request.Path.Value ?? "", out var route, out var variables))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var exchange = new HttpExchange(
            request.Method, request.Path.Value!, request.QueryString.Value ?? "", variables,
            name => Header(request.Headers, name));
        if (route.ReadsRequest)
            exchange.RequestBody = await TextOf(request).ConfigureAwait(false);
        await Recorded(context, route, exchange).ConfigureAwait(false);
    }

    async Task Recorded(HttpContext context, MappedRoute route, HttpExchange exchange)
    {
        var operation = recorder.Begin(
            client: null, route.Function, route.KeyOf(exchange), route.InputOf(exchange), node);
        var copy = route.ReadsResponse ? CopiedResponse.Of(context) : null;
        Exception? thrown = null;
        context.Response.OnCompleted(() =>
        {
            End(operation, context, route, exchange, copy, thrown);
            return Task.CompletedTask;
        });
        try
        {
            await next(context).ConfigureAwait(false);
            if (copy is not null)
                await copy.FlushWriterAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            thrown = failure;
            throw;
        }
        finally
        {
            copy?.Restore();
        }
    }

    static void End(
        InvokedOperation operation, HttpContext context, MappedRoute route, HttpExchange exchange,
        CopiedResponse? copy, Exception? thrown)
    {
        // Left by what a route's own function throws, it ends Info.
        using (operation)
        {
            if (thrown is not null)
                operation.Info(thrown.GetType().Name);
            else if (context.RequestAborted.IsCancellationRequested)
                operation.Info("aborted");
            else
            {
                var response = context.Response;
                exchange.Answer(
                    response.StatusCode, copy?.Text ?? "", name => Header(response.Headers, name));
                route.End(operation, exchange);
            }
        }
    }

    // The application reads it again.
    static async Task<string> TextOf(HttpRequest request)
    {
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
        request.Body.Position = 0;
        return text;
    }

    static string? Header(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
