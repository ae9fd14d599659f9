using System.Globalization;
using Steelyard.Histories;
using Steelyard.PrivateRuntime;

namespace Steelyard.Workers;

/// <summary>The runtime that workers run on: a private copy of ours, so that a services world holds every
/// clock and random source of its process.</summary>
internal static class WorkerRuntime
{
    /// <summary>Says which runtime workers run on: <c>copy</c>, the default, or <c>installed</c>.</summary>
    internal const string Variable = "STEELYARD_RUNTIME";

    const string LeftOpen = "DateTime.UtcNow, Task.Delay, timers, Guid.NewGuid, Random.Shared and string "
        + "hashes stay the machine's";

    static readonly Lazy<RuntimeCopy?> s_copy = new(Find);

    /// <summary>The copy, made when it is first needed; null where there is none, which has been
    /// said.</summary>
    /// <exception cref="UserMistakeException">The variable has another value.</exception>
    public static RuntimeCopy? Copy => s_copy.Value;

    static RuntimeCopy? Find()
    {
        var wanted = Environment.GetEnvironmentVariable(Variable) ?? "copy";
        if (wanted is not ("copy" or "installed"))
            throw new UserMistakeException($"{Variable}: expected copy or installed, found {wanted}");
        if (wanted == "installed")
            return null;
        try
        {
            // A process on the copy starts its workers there as well.
            return RuntimeCopy.OfThisProcess
                ?? RuntimeCopy.Of(InstalledRuntime.OfThisProcess(), RuntimeCopy.DefaultCache, Tell);
        }
        catch (RuntimeCopyException problem)
        {
            Console.Error.WriteLine($"steelyard: {problem.Message}; so {LeftOpen}");
            return null;
        }
    }

    // As progress is told, and like it only to somebody who looks.
    static void Tell(RuntimeCopy copy, TimeSpan took)
    {
        if (!Console.IsErrorRedirected)
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"steelyard: made a copy of .NET's runtime, whose clocks a services world holds, in "
                    + $"{took.TotalSeconds:0.0} s, once: {copy.Folder}"));
    }
}
