using System.Globalization;
using Steelyard.Live.Engines;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Clocks;

/// <summary>
/// The wall clock that a node reads, by libfaketime, which comes between a program and its C library: it can
/// be set while the program runs. Monotonic clocks stay as they are: by those engines wait, and a wait that
/// never ends would be no clock's fault.
/// </summary>
internal sealed class NodeClock
{
    const double Million = 1_000_000;

    static readonly EngineProgram s_library = new("libfaketime.so.1", "libfaketime",
        "/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime",
        "/usr/lib/faketime", "/usr/lib64/faketime");

    readonly Lock _lock = new();
    readonly string _file;
    TimeSpan _lead;
    double _rate = 1;
    DateTime _rateSince = DateTime.UtcNow;
    DateTime _started = DateTime.UtcNow;

    /// <summary>Makes one that says what ours says.</summary>
    public NodeClock(ProcessYard yard, string node)
    {
        _file = Path.Combine(yard.Folder, $"{node}.clock");
        Write();
    }

    /// <summary>What must be installed for it.</summary>
    public static EngineProgram Library => s_library;

    /// <summary>Why there can be none on this machine; null where there can.</summary>
    public static string? WhyNot() =>
        s_library.Path is null ? $"libfaketime is missing (package {s_library.Package})" : null;

    /// <summary>A command that is about to be started, so that it reads this clock.</summary>
    public EngineCommand Wrap(EngineCommand command)
    {
        lock (_lock)
        {
            _started = DateTime.UtcNow;
            Write();
        }

        // Only the program itself is to be led astray, not what changes the user or the network before.
        return command with
        {
            Program = "env",
            Arguments =
            [
                $"LD_PRELOAD={s_library.MustBeThere()}", $"FAKETIME_TIMESTAMP_FILE={_file}",
                "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", command.Program,
                .. command.Arguments,
            ],
        };
    }

    /// <summary>Moves it at once.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_lock)
        {
            _lead += by;
            Write();
        }
    }

    /// <summary>Makes it faster from now on, or slower where that is negative; what it has gained by then
    /// stays.</summary>
    public void Drift(int partsPerMillion)
    {
        lock (_lock)
        {
            var now = DateTime.UtcNow;
            _lead += (now - _rateSince) * (_rate - 1);
            (_rate, _rateSince) = (_rate + (partsPerMillion / Million), now);
            Write();
        }
    }

    // libfaketime counts a rate from the program's start: what it would have gained since is taken off.
    void Write()
    {
        var offset = _lead + ((_started - _rateSince) * (_rate - 1));
        var next = _file + ".next";
        File.WriteAllText(next, string.Create(
            CultureInfo.InvariantCulture, $"{offset.TotalSeconds:+0.000000;-0.000000} x{_rate:0.000000}\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(next, UnixFileMode.UserRead | UnixFileMode.UserWrite
                | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.Move(next, _file, overwrite: true);
    }
}
