using System.Diagnostics;
using System.Globalization;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Workers;

namespace Steelyard.Specs;

/// <summary>A user's design threw: in a node or a client, in its workload, in one of its promises, or when it
/// was built. Its author is told where, and how to see it again.</summary>
public sealed class DesignFailedException : Exception
{
    DesignFailedException(RunSpec spec, Exception cause)
        : base(Describe(cause), cause) => Spec = spec;

    /// <summary>The run in which it threw.</summary>
    public RunSpec Spec { get; }

    /// <summary>Where it was thrown, <c>at Type.Method in File.cs:31</c>; null where nothing is
    /// known.</summary>
    public string? Place => InnerException is WorkerFailedException worker
        ? worker.Place
        : PlaceOf(Thrown(InnerException!));

    /// <summary>The command that repeats it.</summary>
    public string Repeat => RunCommand.Of(Spec);

    /// <summary>Does something in which the code of a spec's design runs. What that throws is told as the
    /// design's own failure where the design is the user's; else it passes.</summary>
    /// <exception cref="DesignFailedException">The user's design threw.</exception>
    /// <exception cref="UserMistakeException">Something that its assembly needs is missing.</exception>
    public static T Guard<T>(RunSpec spec, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception failure)
            when (spec.Assembly is not null && UserAssembly.OfLoading(failure) is not null)
        {
            throw new UserMistakeException($"{spec.Assembly}: {UserAssembly.OfLoading(failure)}", failure);
        }
        catch (Exception failure) when (IsOfTheUser(spec, failure))
        {
            throw new DesignFailedException(spec, failure);
        }
    }

    // Whatever a node throws is its author's, also what our code throws at it for what it was given. Of all
    // else, it is whose code stands nearest to where it was thrown.
    static bool IsOfTheUser(RunSpec spec, Exception failure) => spec.Assembly is not null
        && failure is not (UserMistakeException or OperationCanceledException or DesignFailedException)
        && (failure is NodeFailedException or WorkerFailedException
            || (Nearest(failure) is { } frame && !IsOurs(frame)));

    static string Describe(Exception cause) => cause is NodeFailedException or WorkerFailedException
        ? cause.Message
        : string.Create(CultureInfo.InvariantCulture, $"it threw {cause.GetType().Name}: {cause.Message}");

    static Exception Thrown(Exception cause) => cause is NodeFailedException { InnerException: { } inner }
        ? inner
        : cause;

    static StackFrame? Nearest(Exception failure) => Array.Find(
        new StackTrace(failure, fNeedFileInfo: true).GetFrames(),
        frame => frame.GetMethod()?.Module.Assembly.GetName().Name is { } name
            && !name.StartsWith("System.", StringComparison.Ordinal)
            && !name.StartsWith("Microsoft.", StringComparison.Ordinal));

    static bool IsOurs(StackFrame frame) =>
        UserLoadContext.IsOurs(frame.GetMethod()!.Module.Assembly.GetName());

    static string? PlaceOf(Exception thrown)
    {
        if (Nearest(thrown) is not { } frame)
            return null;
        var method = frame.GetMethod()!;
        var file = frame.GetFileName() is { } name
            ? string.Create(
                CultureInfo.InvariantCulture, $" in {Path.GetFileName(name)}:{frame.GetFileLineNumber()}")
            : "";
        return $"at {method.DeclaringType?.FullName}.{method.Name}{file}";
    }
}
