using System.Diagnostics;
using System.Runtime.InteropServices;
using Steelyard.App.Tests.Hosts;

namespace Steelyard.App.Tests;

/// <summary>The command line in a folder of its own: executed in a host that serves many cases, or, where the
/// process is the point, as a process of its own.</summary>
internal sealed class SteelyardProcess : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(
        Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? 180 : 3);

    readonly string _program;
    readonly bool _withServices;
    string? _runtime;

    public SteelyardProcess()
        : this(typeof(ExitCodes).Assembly.Location, withServices: false)
    {
    }

    SteelyardProcess(string program, bool withServices)
    {
        _program = program;
        _withServices = withServices;
        Folder = Directory.CreateTempSubdirectory("steelyard-app-").FullName;
    }

    /// <summary>The command line with the designs of these tests.</summary>
    /// <param name="runtime">What services run on where a process is the point, a word of
    /// <c>STEELYARD_RUNTIME</c>; null is what they run on when nobody says.</param>
    public static SteelyardProcess WithServices(string? runtime = null) =>
        new(typeof(SteelyardProcess).Assembly.Location, withServices: true) { _runtime = runtime };

    public string Folder { get; }

    /// <summary>Executes a command line in a host.</summary>
    public ProcessOutcome Run(params IReadOnlyList<string> args) =>
        HostProcess.Execute(new(Folder, _withServices, args));

    /// <summary>Runs a command line to its end as a process of its own.</summary>
    public ProcessOutcome RunAlone(params IReadOnlyList<string> args)
    {
        using var process = Start(args);
        return Finish(process);
    }

    /// <summary>Runs a command line and sends SIGINT once <paramref name="isTime"/> says so.</summary>
    public ProcessOutcome RunAndInterrupt(Func<bool> isTime, params IReadOnlyList<string> args) =>
        RunAndSignal(isTime, [Sigint], args);

    /// <summary>Runs a command line and sends signals, one right after the other.</summary>
    public ProcessOutcome RunAndSignal(
        Func<bool> isTime, IReadOnlyList<int> signals, params IReadOnlyList<string> args)
    {
        using var process = Start(args);
        var watch = Stopwatch.StartNew();
        while (!isTime() && !process.HasExited && watch.Elapsed < Patience)
            Thread.Sleep(20);
        foreach (var signal in signals)
            if (Kill(process.Id, signal) != 0)
                throw new InvalidOperationException("the process ended before it could be interrupted");
        return Finish(process);
    }

    /// <summary>Runs lines of a shell in which <c>steelyard</c> is the command line. With
    /// <paramref name="passesProgram"/> the words that start it are the shell's arguments instead, for
    /// programs that start others.</summary>
    public ProcessOutcome RunInShell(string lines, bool passesProgram = false)
    {
        var text = passesProgram ? lines : $"steelyard() {{ dotnet '{_program}' \"$@\"; }}\n{lines}";
        using var process = Start(Folder, "sh", ["-c", text, "sh", "dotnet", _program]);
        return Finish(process);
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs any program to its end.</summary>
    public static ProcessOutcome RunProgram(string folder, string program, params IReadOnlyList<string> args)
    {
        using var process = Start(folder, program, args);
        return Finish(process);
    }

    Process Start(IReadOnlyList<string> args) =>
        Start(Folder, "dotnet", [_program, .. args], _runtime);

    static Process Start(
        string folder, string program, IReadOnlyList<string> args, string? runtime = null)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("STEELYARD_COMMAND");
        if (runtime is not null)
            start.Environment["STEELYARD_RUNTIME"] = runtime;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    static ProcessOutcome Finish(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException("the process did not end in time");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }

    public const int Sighup = 1;
    public const int Sigint = 2;
    public const int Sigterm = 15;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}

/// <summary>How a process ended, and what it said.</summary>
internal sealed record ProcessOutcome(int Code, string Output, string Error);
