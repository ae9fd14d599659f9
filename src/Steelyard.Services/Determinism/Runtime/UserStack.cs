using System.Diagnostics;
using System.Reflection;
using Steelyard.Services.Hosting;

namespace Steelyard.Services.Determinism.Runtime;

/// <summary>A stack as the author of an application reads it: what they called, and where.</summary>
internal sealed class UserStack
{
    const int MostPlaces = 4;

    public UserStack(StackTrace stack)
    {
        var places = new List<string>();
        MethodBase? above = null;
        var isFrameworks = false;
        foreach (var frame in stack.GetFrames())
        {
            var method = frame.GetMethod();
            HasHandler |= above is not null && !isFrameworks && IsHandler(method);
            if (method?.DeclaringType is not { } type || IsOurLook(type))
                continue;
            if (!UserCode.IsForeign(type))
                Add(places, UserCode.Place(frame, type, method));
            else if (places.Count == 0 && !isFrameworks && !IsCompilers(type))
                (above, isFrameworks) = IsRuntime(type) ? (method, false) : (above, true);
        }

        IsUsers = places.Count > 0 && !isFrameworks;
        Call = above is null ? "" : NameOf(above);
        Places = string.Join(", called ", places.Take(MostPlaces));
    }

    /// <summary>Whether the user's own code called it. Where a framework stands between the user's code and
    /// the runtime, it has reasons of its own.</summary>
    public bool IsUsers { get; }

    /// <summary>Whether the method that calls a request's handler did it, where a short handler has become a
    /// part of that.</summary>
    public bool HasHandler { get; }

    /// <summary>What was called: <c>Task.Delay</c>.</summary>
    public string Call { get; }

    /// <summary>The user's lines, the innermost first:
    /// <c>at Shop.Pay in Shop.cs:line 7, called at …</c>.</summary>
    public string Places { get; }

    // An async method appears with its line, and without one where it was begun.
    static void Add(List<string> places, string place)
    {
        if (places.Count == 0 || !places[^1].StartsWith(place, StringComparison.Ordinal))
            places.Add(place);
    }

    static bool IsOurLook(Type type) => type.Namespace == typeof(UserStack).Namespace;

    // Compiled when the application starts, and the only one that routing makes.
    static bool IsHandler(MethodBase? method) =>
        method is { DeclaringType: null }
        && method.Name.StartsWith("lambda_method", StringComparison.Ordinal);

    static bool IsRuntime(Type type) =>
        type.Assembly.GetName().Name is { } name && name.StartsWith("System.", StringComparison.Ordinal);

    static bool IsCompilers(Type type) => type.Namespace == "System.Runtime.CompilerServices";

    static string NameOf(MethodBase method)
    {
        var type = method.DeclaringType!.Name.Split('`')[0];
        return (type, method.Name) switch
        {
            ("Task" or "ValueTask", "GetResultCore" or "get_Result") => $"{type}.Result",
            ("Monitor", "Enter" or "Enter_Slowpath" or "ReliableEnter") => "lock",
            // Either, once the compiler has put the short one of the two into the user's code.
            ("Task", "InternalWait") => "Task.Result or Task.Wait",
            ("DelayPromise", ".ctor") => "Task.Delay",
            (_, ".ctor") => $"new {type}(…)",
            (_, var name) => UserCode.NameOf(type, name.EndsWith("Core", StringComparison.Ordinal)
                ? name[..^4]
                : name),
        };
    }
}
