using System.Diagnostics;
using System.Text.Json;

namespace Steelyard.Services.Testing;

/// <summary>A worker, seen from the process that asks.</summary>
internal sealed class WorkerProcess : IDisposable
{
    readonly Process _process;

    /// <summary>Starts one that sees the same packages as an application.</summary>
    /// <param name="application">The application's assembly file; its runtimeconfig and deps files stand
    /// beside it.</param>
    public WorkerProcess(string application)
    {
        var start = new ProcessStartInfo(DotNet())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var word in new[]
                 {
                     "exec",
                     "--runtimeconfig", Path.ChangeExtension(application, ".runtimeconfig.json"),
                     "--depsfile", Path.ChangeExtension(application, ".deps.json"),
                     typeof(WorkerProcess).Assembly.Location,
                 })
            start.ArgumentList.Add(word);
        _process = Process.Start(start)!;
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">The worker died.</exception>
    public WorkerAnswer Ask(WorkerRequest request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(
            $"the worker died at seed {request.Seed} of {request.Scenario}; what it said stands above");
        return JsonSerializer.Deserialize<WorkerAnswer>(line)!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }

    // The one that runs us, so that a test under one installation does not start its workers under another.
    static string DotNet() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath!
            : "dotnet");
}
