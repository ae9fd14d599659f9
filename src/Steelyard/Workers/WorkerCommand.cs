using System.Reflection;

namespace Steelyard.Workers;

/// <summary>The command that starts a worker: the program that runs now, with one hidden word.</summary>
/// <param name="Program">What to start.</param>
/// <param name="Arguments">With which words.</param>
public sealed record WorkerCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The word that makes the program a worker.</summary>
    public const string Word = "--worker";

    /// <summary>Of the program that runs now, whether <c>dotnet</c> or a host of its own started
    /// it.</summary>
    public static WorkerCommand OfThisProcess()
    {
        var program = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new(program, ["exec", Assembly.GetEntryAssembly()!.Location, Word])
            : new(program, [Word]);
    }
}
