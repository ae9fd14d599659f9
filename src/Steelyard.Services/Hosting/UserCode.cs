using System.Diagnostics;
using System.Reflection;

namespace Steelyard.Services.Hosting;

/// <summary>Finds the line of the user's own code in a failure.</summary>
internal static class UserCode
{
    /// <summary>The failure in one line, with what caused it in the end and the first place of the user's
    /// code in its stack.</summary>
    public static string Describe(Exception failure)
    {
        var cause = failure.GetBaseException();
        var what = cause == failure ? Named(failure) : $"{Named(failure)}, caused by {Named(cause)}";
        return PlaceIn(new StackTrace(failure, fNeedFileInfo: true)) is { } place ? $"{what} ({place})"
            : what;
    }

    /// <summary>Where the first frame that is neither the framework's nor ours is; null where there is
    /// none.</summary>
    public static string? PlaceIn(StackTrace stack) =>
        FrameIn(stack) is { } frame && frame.GetMethod() is { DeclaringType: { } type } method
            ? Place(frame, type, method)
            : null;

    /// <summary>The first frame that is neither the framework's nor ours; null where there is none.</summary>
    public static StackFrame? FrameIn(StackTrace stack) => Array.Find(
        stack.GetFrames(), frame => frame.GetMethod() is { DeclaringType: { } type } && !IsForeign(type));

    static string Named(Exception failure) =>
        $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}";

    /// <summary>Where a frame is: <c>at Shop.Pay in Shop.cs:line 7</c>.</summary>
    public static string Place(StackFrame frame, Type type, MethodBase method)
    {
        var line = frame.GetFileName() is { } file
            ? $" in {Path.GetFileName(file)}:line {frame.GetFileLineNumber()}"
            : "";
        return $"at {NameOf(type.FullName ?? type.Name, method.Name)}{line}";
    }

    /// <summary>A method as its author knows it: the compiler hides lambdas and async methods in types of its
    /// own, and keeps their names between angle brackets.</summary>
    public static string NameOf(string type, string method)
    {
        var hidden = type.IndexOf("+<", StringComparison.Ordinal);
        var own = Inner(method) ?? (hidden < 0 ? null : Inner(type[hidden..])) ?? method;
        return $"{(hidden < 0 ? type : type[..hidden]).Replace('+', '.')}.{own}";
    }

    static string? Inner(string name)
    {
        for (var end = name.IndexOf('>', StringComparison.Ordinal); end >= 0;
            end = name.IndexOf('>', end + 1))
        {
            var start = name.LastIndexOf('<', end);
            if (start >= 0 && end > start + 1)
                return name[(start + 1)..end];
        }

        return null;
    }

    /// <summary>Whether a type is the framework's or ours.</summary>
    public static bool IsForeign(Type type) => IsForeign(type.Assembly);

    /// <summary>Whether an assembly is the framework's or ours.</summary>
    public static bool IsForeign(Assembly of)
    {
        var assembly = of.GetName().Name ?? "";
        return assembly.StartsWith("System.", StringComparison.Ordinal)
            || assembly.StartsWith("Microsoft.", StringComparison.Ordinal)
            || assembly is "Steelyard.Services" or "Steelyard.Simulation" or "Steelyard" or "Steelyard.App"
                or "Steelyard.PrivateRuntime" or "Mono.Cecil";
    }
}
