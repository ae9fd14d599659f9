using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Steelyard.App.Live;
using Steelyard.App.Terminals;
using Steelyard.Workers;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard doctor</c>: what this machine can run, and what in an application escapes the
/// services world.</summary>
internal static class DoctorCommandLine
{
    static readonly string[] s_browsers = ["chromium", "chromium-browser", "google-chrome"];

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "doctor",
            "What this machine can run; with --app, every call of an application that leaves the world");
        var app = CommonOptionSet.Text(
            "--app", "X.dll",
            "The built application: its calls to clocks, random sources, threads, sockets, files");
        var json = new Option<bool>("--json") { Description = "Print it as JSON" };
        command.Add(app);
        command.Add(json);
        var engines = new EngineDoctor(terminal);
        engines.AddTo(command);
        command.SetAction(parsed => parsed.GetValue(app) is { } path
                ? new ExaminedApplication(path).Tell(parsed.GetValue(json), terminal)
            : engines.IsAsked(parsed) ? engines.Install(parsed)
            : Look(parsed.GetValue(json), terminal));
        Examples.Of(command, "steelyard doctor", "steelyard doctor --install --engines redis,etcd",
            "steelyard doctor --app bin/Release/net10.0/Shop.dll");
        return command;
    }

    static int Look(bool asJson, Terminal terminal)
    {
        var findings = Machine().ToList();
        if (asJson)
            terminal.Json(json =>
            {
                json.WriteStartObject();
                foreach (var finding in findings)
                    json.WriteString(finding.Name, finding.Found);
                json.WriteEndObject();
            });
        else
            foreach (var finding in findings)
                terminal.Line($"{finding.Title,-10} {finding.Found ?? "none",-24} {finding.For}");
        return ExitCodes.Held;
    }

    static IEnumerable<(string Name, string Title, string? Found, string For)> Machine() =>
    [
        ("dotnet", ".NET", RuntimeInformation.FrameworkDescription, "runs everything"),
        ("cores", "Cores", $"{Environment.ProcessorCount}", "hunts run a seed on each"),
        ("memoryMegabytes", "Memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20}", "MB"),
        ("system", "System", RuntimeInformation.RuntimeIdentifier, "Linux, macOS and Windows do"),
        ("clocks", "Clocks", Path.GetFileName(WorkerRuntime.Copy?.Folder),
            "the runtime on which a services world holds every clock of its process"),
        ("node", "Node", VersionOf("node"), "builds the report's page; a built steelyard does not need it"),
        ("chromium", "Chromium", s_browsers.Select(VersionOf).FirstOrDefault(found => found is not null),
            "tests the report's page"),
        .. EngineDoctor.Lines(),
    ];

    static string? VersionOf(string program)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, ["--version"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                });
            var said = process?.StandardOutput.ReadLine();
            process?.WaitForExit();
            return process?.ExitCode == 0 ? said?.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program.
            return null;
        }
    }
}
