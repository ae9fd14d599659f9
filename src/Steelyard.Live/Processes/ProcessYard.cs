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

    // An image may have to be brought here first.
    static readonly TimeSpan s_toBegin = TimeSpan.FromMinutes(5);
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    readonly Lock _lock = new();
    int _started;
    readonly string _list;
    readonly Watchdog _watchdog;
    bool _isAway;

    ProcessYard(string name, string folder, IReadOnlyList<string> last)
    {
        Name = name;
        Folder = folder;
        _list = Path.Combine(folder, "processes");
        File.WriteAllText(_list, "");
        _watchdog = Watchdog.Start(name, folder, last);
    }

    /// <summary>The run's name on this machine: what belongs to it begins so.</summary>
    public string Name { get; }

    /// <summary>The containers in which programs run; null is that they run as they are.</summary>
    public EngineContainer? Container { get; init; }

    /// <summary>Where engines keep their data; gone after the run.</summary>
    public string Folder { get; }

    /// <summary>Opens one; its watchdog is there when it returns.</summary>
    /// <param name="container">The containers in which programs run; null is that they run as they
    /// are.</param>
    /// <param name="last">What the watchdog runs at last, by the run's name: a file without which it does
    /// not, and a command; null is nothing.</param>
    public static ProcessYard Open(
        EngineContainer? container = null, Func<string, IReadOnlyList<string>>? last = null)
    {
        // Names of network interfaces have at most fifteen letters.
        var name = "sy" + Guid.NewGuid().ToString("N")[..6];
        var folder = Path.Combine(Path.GetTempPath(), $"steelyard-{name}");
        Directory.CreateDirectory(folder);
        // Engines that do not run as root have folders of their own within.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, Readable);
        return new(name, folder, last?.Invoke(name) ?? []) { Container = container };
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
            Tool.Run(
                "chown", ["-R", "-H", Container is null ? $"{owner}:" : Container.User ?? "0:0", path]);
    }

    /// <summary>Starts a program in the background.</summary>
    /// <param name="command">The program.</param>
    /// <param name="log">The file that its output is added to.</param>
    /// <param name="within">What leads it into its network; empty is ours.</param>
    public RunningProcess Start(EngineCommand command, string log, IReadOnlyList<string> within)
    {
        var name = NextName();
        var start = Describe(command, within, name);
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
            var process = Process.Start(start)
                ?? throw new InvalidOperationException($"{command.Program} did not start");
            List(process.Id);
            return Container is null
                ? new(process, process.Id, command.StopSignal)
                : new(process, ProcessIn(Container, name, process), command.StopSignal);
        }
    }

    // What runs in a container is no child of what asked for it.
    int ProcessIn(EngineContainer container, string name, Process asked)
    {
        for (var start = Stopwatch.StartNew(); start.Elapsed < s_toBegin && !asked.HasExited;)
        {
            if (container.ProcessOf(name) is { } process)
            {
                List(process);
                return process;
            }

            Thread.Sleep(s_look);
        }

        return asked.Id;
    }

    void List(int process) => File.AppendAllText(
        _list,
        string.Create(CultureInfo.InvariantCulture, $"{process} {ProcessTree.StartOf(process) ?? 0}\n"));

    // The watchdog takes containers away by their names.
    string NextName()
    {
        var number = Interlocked.Increment(ref _started);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Name}-{number}");
        if (Container is not null)
            File.AppendAllText(Path.Combine(Folder, "containers"), $"{Container.Runtime} {name}\n");
        return name;
    }

    /// <summary>Runs a program of an engine to its end.</summary>
    /// <exception cref="LiveException">It says that it failed, or takes too long.</exception>
    public string Run(EngineCommand command, IReadOnlyList<string> within, TimeSpan? atMost = null) =>
        Tool.Run(Describe(command, within, NextName()), atMost);

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

    ProcessStartInfo Describe(EngineCommand command, IReadOnlyList<string> within, string name)
    {
        List<string> words = [.. within];
        if (Container is not null)
        {
            words.AddRange(Container.Words(
                command, name, Folder,
                new Dictionary<string, string>(command.Environment) { [Marker] = Name }));
            return new(words[0], words[1..]) { WorkingDirectory = Folder };
        }

        if (command.LeavesSharedMemory && Environment.IsPrivilegedProcess)
            words.AddRange(["unshare", "--ipc", "--"]);
        if (command.User is { } user && Environment.IsPrivilegedProcess)
            words.AddRange(["setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--"]);
        words.Add(command.Program);
        words.AddRange(command.Arguments);
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = Folder };
        start.Environment[Marker] = Name;
        foreach (var (variable, value) in command.Environment)
            start.Environment[variable] = value;
        return start;
    }
}
