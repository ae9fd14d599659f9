using System.Diagnostics;

namespace Steelyard.Services.Hosting;

/// <summary>Finds the line of the user's own code in a failure.</summary>
internal static class UserCode
{
    /// <summary>The failure in one line, with the first place of the user's code in its stack.</summary>
    public static string Describe(Exception failure)
    {
        var what = $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}";
        return PlaceIn(new StackTrace(failure, fNeedFileInfo: true)) is { } place ? $"{what} ({place})"
            : what;
    }

    /// <summary>The first frame that is neither the framework's nor ours; null where there is none.</summary>
    public static string? PlaceIn(StackTrace stack)
    {
        foreach (var frame in stack.GetFrames())
        {
            if (frame.GetMethod() is not { DeclaringType: { } type } method || IsForeign(type))
                continue;
            var line = frame.GetFileName() is { } file
                ? $" in {Path.GetFileName(file)}:line {frame.GetFileLineNumber()}"
                : "";
            return $"at {type.FullName}.{method.Name}{line}";
        }

        return null;
    }

    static bool IsForeign(Type type)
    {
        var assembly = type.Assembly.GetName().Name ?? "";
        return assembly.StartsWith("System.", StringComparison.Ordinal)
            || assembly.StartsWith("Microsoft.", StringComparison.Ordinal)
            || assembly is "Steelyard.Services" or "Steelyard.Simulation";
    }
}
