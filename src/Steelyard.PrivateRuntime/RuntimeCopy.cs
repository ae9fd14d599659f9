using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Steelyard.PrivateRuntime;

/// <summary>
/// A private copy of an installed runtime, in which every clock, random source and timer asks
/// <see cref="ProcessHooks"/> first: those of an application, of its packages and of .NET itself. Until hooks
/// are installed it is the runtime that it was copied from, but for string hashes, which are the same in
/// every process.
/// </summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Program">The program <c>dotnet</c> that starts a process on it.</param>
public sealed partial record RuntimeCopy(string Folder, string Program)
{
    // Whoever was killed while it made a copy left its folder behind; nobody takes so long.
    static readonly TimeSpan s_longestMaking = TimeSpan.FromHours(1);

    /// <summary>The copies of this user: below <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>.</summary>
    public static string DefaultCache => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "steelyard");

    /// <summary>The copy that this process runs on; null where it runs on an installed runtime.</summary>
    /// <exception cref="RuntimeCopyException">It is no copy that has a program.</exception>
    public static RuntimeCopy? OfThisProcess =>
        ProcessHooks.ArePresent ? At(InstalledRuntime.OfThisProcess().Root) : null;

    /// <summary>The copy of a runtime, made where there is none yet. Any number of processes may ask at once,
    /// and any may be killed meanwhile.</summary>
    /// <param name="installed">The runtime.</param>
    /// <param name="cache">The folder of copies.</param>
    /// <param name="made">Told of a copy that had to be made, and how long that took.</param>
    /// <exception cref="RuntimeCopyException">It cannot be made here.</exception>
    public static RuntimeCopy Of(
        InstalledRuntime installed, string cache, Action<RuntimeCopy, TimeSpan>? made = null)
    {
        // What CoreLib is made of differs on Windows, where nobody has tried it.
        if (OperatingSystem.IsWindows())
            throw new RuntimeCopyException("a private copy of the runtime is not made on Windows");
        var copy = At(Path.Combine(cache, NameOf(installed)));
        // Whole or not at all: it gets its name last.
        if (Directory.Exists(copy.Folder))
            return copy;
        var clock = Stopwatch.StartNew();
        try
        {
            Make(installed, cache, copy.Folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RuntimeCopyException(
                $"expected to make a private copy of the runtime in {cache}, found: {problem.Message}",
                problem);
        }

        made?.Invoke(copy, clock.Elapsed);
        return copy;
    }

    /// <summary>Makes this process one on the copy: it begins anew there, with the same number, streams and
    /// terminal, and what it has in memory is gone. Comes back only where the system refuses.</summary>
    /// <param name="arguments">The words after <c>dotnet</c>.</param>
    /// <exception cref="RuntimeCopyException">The system refuses.</exception>
    public void Become(params IReadOnlyList<string> arguments)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => $"{variable.Key}={variable.Value}");
        _ = Execute(Program, [Program, .. arguments, null], [.. environment, null]);
        throw new RuntimeCopyException(
            $"expected to start {Program}, found: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, string?[] arguments, string?[] environment);

    static RuntimeCopy At(string folder) => new(folder, Path.Combine(folder, "dotnet"));

    // A build of ours that writes other hooks gets a copy of its own.
    static string NameOf(InstalledRuntime installed)
    {
        var ours = typeof(RuntimeCopy).Assembly;
        var build = ours.ManifestModule.ModuleVersionId.ToString("N")[..8];
        return $"{installed.Version}-{ours.GetName().Version!.ToString(3)}-{build}";
    }

    static void Make(InstalledRuntime installed, string cache, string folder)
    {
        Directory.CreateDirectory(cache);
        RemoveLeftovers(cache);
        var making = $"{folder}.{Guid.NewGuid():N}.making";
        try
        {
            new RuntimeFiles(installed, making).Write();
            Directory.Move(making, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was faster, with the same copy.
        }
        finally
        {
            if (Directory.Exists(making))
                Directory.Delete(making, recursive: true);
        }
    }

    static void RemoveLeftovers(string cache)
    {
        foreach (var left in Directory.EnumerateDirectories(cache, "*.making"))
            if (DateTime.UtcNow - Directory.GetCreationTimeUtc(left) > s_longestMaking)
                Directory.Delete(left, recursive: true);
    }
}
