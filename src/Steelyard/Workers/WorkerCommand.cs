using System.Reflection;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Workers;

/// <summary>The command that starts a worker: a program, with one hidden word.</summary>
/// <param name="Program">What to start.</param>
/// <param name="Arguments">With which words.</param>
internal sealed record WorkerCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The word that makes the program a worker.</summary>
    public const string Word = "--worker";

    /// <summary>The word before the time that a host may block the worker until it is named.</summary>
    internal const string PatienceWord = "--patience";

    /// <summary>Of the program that runs now, whether <c>dotnet</c> or a host of its own started
    /// it.</summary>
    public static WorkerCommand OfThisProcess()
    {
        var program = Environment.ProcessPath ?? "dotnet";
        var assembly = Assembly.GetEntryAssembly()!.Location;
        if (assembly.Length > 0 && WorkerRuntime.Copy is { } copy)
            return new(copy.Program, ["exec", assembly, Word]);
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new(program, ["exec", assembly, Word])
            : new(program, [Word]);
    }

    /// <summary>Of a program that is no worker itself, such as a test project: this library is started with
    /// the packages of that program.</summary>
    /// <param name="assembly">The file of the program's assembly, or of a library that the program which runs
    /// now has loaded.</param>
    /// <exception cref="UserMistakeException">Nothing tells which packages these are.</exception>
    public static WorkerCommand WithPackagesOf(string assembly)
    {
        var (settings, packages) = FilesOf(assembly);
        return new(
            DotNet(),
            [
                "exec", "--runtimeconfig", settings, "--depsfile", packages,
                typeof(WorkerCommand).Assembly.Location, Word,
            ]);
    }

    /// <summary>The same, with less time until a host that blocks the worker is named.</summary>
    internal WorkerCommand Within(TimeSpan patience) =>
        this with { Arguments = [.. Arguments, PatienceWord, Durations.Format(patience)] };

    /// <summary>The same, on the installed runtime.</summary>
    internal WorkerCommand OnInstalledRuntime() => this with { Program = InstalledDotNet() };

    // A library has none of its own: those of the program that uses it say what it sees.
    static (string Settings, string Packages) FilesOf(string assembly)
    {
        var running = (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';')[0];
        foreach (var packages in new[] { Path.ChangeExtension(assembly, ".deps.json"), running })
        {
            if (packages?.EndsWith(".deps.json", StringComparison.Ordinal) is not true)
                continue;
            var settings = packages[..^".deps.json".Length] + ".runtimeconfig.json";
            if (File.Exists(packages) && File.Exists(settings))
                return (settings, packages);
        }

        throw new UserMistakeException(
            $"{assembly}: expected its .runtimeconfig.json and .deps.json beside it, found none");
    }

    static string DotNet() => WorkerRuntime.Copy?.Program ?? InstalledDotNet();

    // The one that runs us, so that a test under one installation does not start its workers under another.
    static string InstalledDotNet() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath!
            : "dotnet");
}
