using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Hosting;

/// <summary>What the services of a run failed with: answers of 5xx, with the exception behind them where
/// somebody saw it, and exceptions that they logged as errors. Each is counted once.</summary>
internal static class ServiceFailures
{
    const int LeastFailure = StatusCodes.Status500InternalServerError;

    static readonly Lock s_lock = new();
    static readonly Dictionary<string, Kind> s_kinds = new(StringComparer.Ordinal);
    static ConditionalWeakTable<Exception, Occurrence> s_seen = [];
    static Func<long> s_now = static () => 0;

    sealed class Kind(string what, bool isAnswer)
    {
        public string What { get; } = what;

        public bool IsAnswer { get; } = isAnswer;

        public List<Occurrence> Found { get; } = [];
    }

    sealed record Occurrence(Kind Of, string Host, long AtNs);

    /// <summary>A run begins.</summary>
    /// <param name="now">The time of the run, ns.</param>
    public static void Begin(Func<long> now)
    {
        lock (s_lock)
        {
            s_kinds.Clear();
            s_seen = [];
            s_now = now;
        }
    }

    /// <summary>A request was answered; what of it is a failure is counted.</summary>
    public static void Answered(INodeWorld host, HttpContext request)
    {
        if (request.Response.StatusCode >= LeastFailure)
            Count(
                host, $"{NameOf(request)} answered {request.Response.StatusCode}",
                request.Features.Get<IExceptionHandlerFeature>()?.Error);
    }

    /// <summary>An exception left the application, which the server answers with 500, unless nobody waits for
    /// an answer any more.</summary>
    public static void Threw(INodeWorld host, HttpContext request, Exception failure)
    {
        if (!request.RequestAborted.IsCancellationRequested)
            Count(host, $"{NameOf(request)} answered {LeastFailure}", failure);
    }

    /// <summary>An exception was logged as an error.</summary>
    public static void Logged(INodeWorld host, Exception failure)
    {
        // Who gives up has not failed.
        if (failure is not OperationCanceledException)
            Count(host, request: null, failure);
    }

    /// <summary>Each kind: answers first, then what happened most often.</summary>
    public static IReadOnlyList<ServiceFailure> Tell(History history)
    {
        FaultExtent[] faults = [.. FaultExtent.Of(history)];
        lock (s_lock)
            return
            [
                .. s_kinds.Values.Where(kind => kind.Found.Count > 0)
                    .OrderByDescending(kind => kind.IsAnswer).ThenByDescending(kind => kind.Found.Count)
                    .Select(kind => new ServiceFailure(
                        kind.What,
                        [.. kind.Found.Select(found => found.Host).Distinct().Order(StringComparer.Ordinal)],
                        kind.Found.Count,
                        kind.Found.Count(found => !faults.Any(fault => fault.IsOn(found.AtNs))))),
            ];
    }

    static void Count(INodeWorld host, string? request, Exception? failure)
    {
        if (host.IsOver)
            return;
        lock (s_lock)
        {
            // An error that was logged on its way to the answer is the same one.
            foreach (var seen in Chain(failure))
                if (s_seen.TryGetValue(seen, out var before))
                {
                    if (before.Of.IsAnswer || request is null)
                        return;
                    before.Of.Found.Remove(before);
                }

            var key = $"{request}: {KeyOf(failure)}";
            if (!s_kinds.TryGetValue(key, out var kind))
                s_kinds.Add(key, kind = new(Words(request, failure), request is not null));
            var found = new Occurrence(kind, host.Name, s_now());
            kind.Found.Add(found);
            foreach (var one in Chain(failure))
                s_seen.AddOrUpdate(one, found);
        }
    }

    static IEnumerable<Exception> Chain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }

    // Messages tell of numbers and names, and lines of files take long to find: alike is what comes from the
    // same instruction.
    static string KeyOf(Exception? failure) => failure is null
        ? ""
        : UserCode.FrameIn(new StackTrace(failure, fNeedFileInfo: false)) is { } frame
            ? $"{failure.GetType()} {frame.GetMethod()} {frame.GetILOffset()}"
            : $"{failure.GetType()}";

    static string Words(string? request, Exception? failure) => (request, failure) switch
    {
        ({ } asked, null) => asked,
        ({ } asked, { } thrown) => $"{asked}: {UserCode.Describe(thrown)}",
        (_, { } thrown) => $"logged {UserCode.Describe(thrown)}",
        _ => throw new InvalidOperationException("expected a request or an exception"),
    };

    static string NameOf(HttpContext request)
    {
        // A handler of exceptions takes the endpoint away.
        var endpoint = request.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? request.GetEndpoint();
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        return $"{request.Request.Method} {route ?? request.Request.Path}";
    }
}
