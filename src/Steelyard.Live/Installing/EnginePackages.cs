using System.Diagnostics;
using Steelyard.Live.Clocks;
using Steelyard.Live.Engines;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Installing;

/// <summary>What engines need of this machine, and how it is brought here (Debian's packages).</summary>
internal static class EnginePackages
{
    // What cuts links between nodes; without it runs use the loopback.
    static readonly EngineProgram[] s_network =
    [
        new("ip", "iproute2"), new("iptables", "iptables"), new("nsenter", "util-linux"),
    ];

    // What slows and fills disks, and what sets clocks; without it such faults are refused.
    static readonly EngineProgram[] s_faults =
        [new("strace", "strace"), new("mkfs.ext4", "e2fsprogs"), NodeClock.Library];

    /// <summary>The packages that some engines lack here, each once, in order of their names.</summary>
    public static IReadOnlyList<string> MissingFor(IEnumerable<Engine> engines) =>
    [
        .. engines.SelectMany(engine => engine.Programs).Concat(s_network).Concat(s_faults)
            .Where(program => program.Path is null)
            .Select(program => program.Package)
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Why nothing can be installed here; null where it can.</summary>
    public static string? WhyNot() =>
        Tool.Find("apt-get") is null ? "apt-get is not on this machine: only Debian's packages are known here"
        : !Environment.IsPrivilegedProcess ? "only root can install packages"
        : null;

    /// <summary>Installs packages; the services that they bring are not started.</summary>
    /// <exception cref="LiveException">They cannot be installed.</exception>
    public static void Install(IReadOnlyList<string> packages)
    {
        using var quiet = new NoServices();
        Apt("update", "-qq");
        Apt(["install", "-y", "-qq", "--no-install-recommends", .. packages]);
    }

    static void Apt(params IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo("apt-get", words);
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        Tool.Run(start, TimeSpan.FromMinutes(10));
    }

    /// <summary>While it is there, Debian starts no service that it installs: nobody asked for one, and it
    /// would take the port.</summary>
    sealed class NoServices : IDisposable
    {
        const string Policy = "/usr/sbin/policy-rc.d";

        readonly bool _isOurs = !File.Exists(Policy);

        public NoServices()
        {
            if (!_isOurs || OperatingSystem.IsWindows())
                return;
            File.WriteAllText(Policy, "#!/bin/sh\nexit 101\n");
            File.SetUnixFileMode(
                Policy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                    | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        public void Dispose()
        {
            if (_isOurs)
                File.Delete(Policy);
        }
    }
}
