using System.Diagnostics;
using System.Globalization;

namespace Steelyard.Live.Processes;

/// <summary>
/// All processes that a run starts, and the folder of their data. Whatever is started here is stopped when
/// the run ends, and by a watchdog where we end first, however we end.
/// </summary>
internal sealed class ProcessYard : IDisposable
{
    /// <summary>Everything that is started has this in its environment, with the run's name.</summary>
    public const string Marker = "STEELYARD_LIVE";

    readonly Lock _lock = new();
    readonly string _list;
    readonly Watchdog _watchdog;
    bool _isAway;

    ProcessYard(string name, string folder)
    {
        Name = name;
        Folder = folder;
        _list = Path.Combine(folder, "processes");
        File.WriteAllText(_list, "");
        _watchdog = Watchdog.Start(name, folder);
    }

    /// <summary>The run's name on this machine: what belongs to it begins so.</summary>
    public string Name { get; }

    /// <summary>Where engines keep their data; gone after the run.</summary>
    public string Folder { get; }

    /// <summary>Opens one; its watchdog is there when it returns.</summary>
    public static ProcessYard Open()
    {
        // Names of network interfaces have at most fifteen letters.
        var name = "sy" + Guid.NewGuid().ToString("N")[..6];
        var folder = Path.Combine(Path.GetTempPath(), $"steelyard-{name}");
        Directory.CreateDirectory(folder);
        // Engines that do not run as root have folders of their own within.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, Readable);
        return new(name, folder);
    }

    /// <summary>Makes a folder in which an engine keeps data, and gives it to the user it runs as.</summary>
    public string MakeFolder(string name, string? owner = null)
    {
        var folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        GiveTo(folder, owner);
        return folder;
    }

    /// <summary>Gives a file or a folder to the user an engine runs as.</summary>
    public void GiveTo(string path, string? owner)
    {
        if (owner is not null && Environment.IsPrivilegedProcess)
            Tool.Run("chown", ["-R", "-H", $"{owner}:", path]);
    }

    /// <summary>Starts a program in the background.</summary>
    /// <param name="command">The program.</param>
    /// <param name="log">The file that its output is added to.</param>
    /// <param name="within">What leads it into its network; empty is ours.</param>
    public RunningProcess Start(EngineCommand command, string log, IReadOnlyList<string> within)
    {
        var start = Describe(command, within);
        start.Environment["STEELYARD_LOG"] = log;
        // A session of its own, so that Ctrl-C at our terminal does not reach it.
        List<string> words =
        [
            "sh", "-c", "exec \"$0\" \"$@\" >> \"$STEELYARD_LOG\" 2>&1 < /dev/null", start.FileName,
            .. start.ArgumentList,
        ];
        start.FileName = "setsid";
        start.ArgumentList.Clear();
        words.ForEach(start.ArgumentList.Add);
        lock (_lock)
        {
            if (_isAway)
                throw new LiveException($"{command.Program}: the run is over, and nothing starts any more");
            var running = new RunningProcess(
                Process.Start(start)
                    ?? throw new InvalidOperationException($"{command.Program} did not start"),
                command.StopSignal);
            File.AppendAllText(
                _list, string.Create(CultureInfo.InvariantCulture, $"{running.Id} {running.StartedAt}\n"));
            return running;
        }
    }

    /// <summary>Runs a program of an engine to its end.</summary>
    /// <exception cref="LiveException">It says that it failed, or takes too long.</exception>
    public string Run(EngineCommand command, IReadOnlyList<string> within, TimeSpan? atMost = null) =>
        Tool.Run(Describe(command, within), atMost);

    /// <summary>Kills all that is left, and takes the folder away.</summary>
    public void Dispose()
    {
        lock (_lock)
            _isAway = true;
        foreach (var line in File.ReadLines(_list))
        {
            var words = line.Split(' ');
            var process = int.Parse(words[0], CultureInfo.InvariantCulture);
            if (ProcessTree.StartOf(process)?.ToString(CultureInfo.InvariantCulture) == words[1])
                ProcessTree.KillAll(process);
        }

        _watchdog.Dispose();
    }

    const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    ProcessStartInfo Describe(EngineCommand command, IReadOnlyList<string> within)
    {
        List<string> words = [.. within];
        if (command.LeavesSharedMemory && Environment.IsPrivilegedProcess)
            words.AddRange(["unshare", "--ipc", "--"]);
        if (command.User is { } user && Environment.IsPrivilegedProcess)
            words.AddRange(["setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--"]);
        words.Add(command.Program);
        words.AddRange(command.Arguments);
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = Folder };
        start.Environment[Marker] = Name;
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        return start;
    }
}
