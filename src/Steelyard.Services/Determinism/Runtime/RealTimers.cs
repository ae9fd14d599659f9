using System.Diagnostics;
using System.Diagnostics.Tracing;
using Steelyard.Services.Determinism.Static;
using Steelyard.Services.Scheduling;

namespace Steelyard.Services.Determinism.Runtime;

/// <summary>
/// Sees every timer of the machine's clock at the moment it is set: the runtime tells of each on the thread
/// that sets it. Only what the user's own code sets is a mistake; frameworks have timers of their own.
/// </summary>
internal sealed class RealTimers : EventListener
{
    const string Source = "System.Diagnostics.Eventing.FrameworkEventSource";
    const EventKeywords Transfers = (EventKeywords)0x10;
    const string Sent = "ThreadTransferSend";

    // Kept for as long as the process lives.
    static RealTimers? s_listener;

    /// <summary>Begins to look.</summary>
    public static void Watch() => s_listener ??= new();

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        // At this level work that is queued makes no event, so that a run without such timers costs nothing.
        if (eventSource.Name == Source)
            EnableEvents(eventSource, EventLevel.Informational, Transfers);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName != Sent || !PoolThread.IsHere)
            return;
        var stack = new UserStack(new StackTrace(fNeedFileInfo: true));
        var context = CallContext.Current;
        var place = stack.IsUsers ? stack.Places
            : stack.HasHandler ? HandlerCode.Place(context, stack.Call)
            : null;
        if (place is null)
            return;
        Violation.Note(
            $"{Violation.Name(context)} waits by the machine's clock{Violation.While(context)}: {stack.Call} "
                + $"{place}; expected {Advice(stack.Call)}");
    }

    static string Advice(string call) => call.StartsWith("HttpClient.", StringComparison.Ordinal)
        ? "a client of IHttpClientFactory whose Timeout is set where it is configured: "
            + "AddHttpClient(name, client => client.Timeout = time)"
        : EscapeRules.Clock;
}
