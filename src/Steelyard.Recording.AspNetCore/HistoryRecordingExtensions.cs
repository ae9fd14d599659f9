using Microsoft.AspNetCore.Builder;
using Steelyard.Recording.Http;

namespace Steelyard.Recording.AspNetCore;

/// <summary>Recording in the pipeline of an application.</summary>
public static class HistoryRecordingExtensions
{
    /// <summary>
    /// Records the requests of some routes as operations, as this server sees them: invoked when they come
    /// here, ended when their response was sent. What is aborted, or throws, ends Info. Bodies of recorded
    /// requests, and of the responses that are looked at, are held in memory.
    /// </summary>
    /// <param name="app">The pipeline; what stands before this is not seen.</param>
    /// <param name="recorder">Where to.</param>
    /// <param name="routes">Which requests.</param>
    /// <param name="node">What this server is called in the history; null is not said.</param>
    public static IApplicationBuilder UseHistoryRecording(this IApplicationBuilder app,
        HistoryRecorder recorder, HttpRoutes routes, string? node = null) =>
        app.Use(next => new RecordingMiddleware(recorder, routes, node, next).InvokeAsync);
}
