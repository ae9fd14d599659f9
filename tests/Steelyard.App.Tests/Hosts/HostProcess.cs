using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Steelyard.App.Tests.Hosts;

/// <summary>The tests' side of a <see cref="CommandHost"/>. A host that is free serves the next case; it ends
/// with the tests, which hold the pipe it reads.</summary>
internal sealed class HostProcess
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    static readonly ConcurrentBag<HostProcess> s_free = [];

    readonly Process _process;

    HostProcess() => _process = Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(HostProcess).Assembly.Location, CommandHost.Word])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { ["STEELYARD_COMMAND"] = null },
    })!;

    /// <summary>Executes a case in a host that is free.</summary>
    public static ProcessOutcome Execute(HostedCase one)
    {
        var host = s_free.TryTake(out var free) ? free : new();
        var outcome = host.Ask(one);
        // Not after a failure: what it left behind is nobody's.
        s_free.Add(host);
        return outcome;
    }

    ProcessOutcome Ask(HostedCase one)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(one));
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLineAsync();
        if (!answer.Wait(Patience))
            _process.Kill(entireProcessTree: true);
        return answer.Result is { } line
            ? JsonSerializer.Deserialize<ProcessOutcome>(line)!
            : throw new InvalidOperationException(
                $"the host ended while it executed \"{string.Join(' ', one.Words)}\"");
    }
}
