using System.Reflection;
using Steelyard.PrivateRuntime;
using Steelyard.Runs;
using Steelyard.Workers;

namespace Steelyard.App;

/// <summary>A command that simulates services in its own process begins anew on the copy of the runtime,
/// before it has done anything.</summary>
internal static class StartOver
{
    /// <summary>Whether this process is a command line and nothing else; a host of many is not.</summary>
    public static bool IsPossible { get; set; }

    /// <summary>Does so, where a run wants it; comes back where it does not, or where there is no
    /// copy.</summary>
    public static void OnTheCopyFor(RunRequest request)
    {
        if (!IsPossible || ProcessHooks.ArePresent || request.Spec.IsLive
            || !request.Build().Deployment.FillsProcess
            || Assembly.GetEntryAssembly()?.Location is not { Length: > 0 } command
            || WorkerRuntime.Copy is not { } copy)
            return;
        // As worker processes have it.
        Environment.SetEnvironmentVariable("TZ", "UTC");
        copy.Become(["exec", command, .. Environment.GetCommandLineArgs().Skip(1)]);
    }
}
