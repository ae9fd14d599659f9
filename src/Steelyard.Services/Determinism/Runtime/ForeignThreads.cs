using System.Diagnostics;
using Steelyard.Services.Determinism.Static;
using Steelyard.Services.Hosting;
using Steelyard.Services.Scheduling;

namespace Steelyard.Services.Determinism.Runtime;

/// <summary>Finds threads that an application starts: what they do comes at times of the machine's.</summary>
internal static class ForeignThreads
{
    const int MostPlaces = 3;

    // The thread that Kestrel counts its own time limits on; these are switched off.
    const string Heartbeat = "Kestrel Timer";

    /// <summary>A call is taken up on this thread, or laid down: only the worker has any.</summary>
    public static void Look(AsyncLocalValueChangedArgs<CallContext?> change)
    {
        if (change is { ThreadContextChanged: true, CurrentValue: { } context } && !PoolThread.IsHere)
            Note(context);
    }

    /// <summary>Something of the world is used: only the worker may.</summary>
    public static void MustBeNone()
    {
        if (!PoolThread.IsHere)
            Note(CallContext.Current);
    }

    static void Note(CallContext? context)
    {
        if (Thread.CurrentThread.Name == Heartbeat)
            return;
        var stack = new StackTrace(fNeedFileInfo: true);
        Violation.Note(() => Describe(context, new(stack)));
        // It must not go on: whatever it does now comes at a time of the machine's.
        Thread.Sleep(Timeout.Infinite);
    }

    static string Describe(CallContext? context, UserStack stack)
    {
        var starts = Starts(context, stack);
        return $"{Violation.Name(context)} starts a thread of its own{Violation.While(context)}"
            + $"{(starts.Length > 0 ? $": {starts}" : "")}; expected Task.Run, or a BackgroundService";
    }

    // The stack of a thread does not tell who started it, so the code that can is looked for: near what
    // serves the request, or else everywhere.
    static string Starts(CallContext? context, UserStack stack)
    {
        var all = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0
                && !UserCode.IsForeign(assembly))
            .OrderBy(assembly => assembly.FullName, StringComparer.Ordinal)
            .SelectMany(assembly => EscapeScan.Of(assembly.Location))
            .Where(escape => escape is { Kind: "thread", File: not null }
                && !escape.Call.StartsWith("Parallel", StringComparison.Ordinal))
            .ToList();
        var near = HandlerCode.TypeOf(context) is { } type
            ? all.FindAll(escape => HandlerCode.TypeOf(escape.Method) == type)
            : [];
        var starts = (near.Count > 0 ? near : all).Take(MostPlaces)
            .Select(escape => $"{escape.Call} at {escape.Method} in {escape.File}:line {escape.Line}");
        return all.Count > 0 ? string.Join(", or ", starts) : stack.Places;
    }
}
