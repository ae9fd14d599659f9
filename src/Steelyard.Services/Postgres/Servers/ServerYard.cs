using System.Diagnostics;
using Steelyard.Histories;

namespace Steelyard.Services.Postgres.Servers;

/// <summary>
/// The folder of this process's servers, and a shell that outlives us: as soon as we are gone, however we
/// went, it ends the servers and takes the folder away.
/// </summary>
internal sealed class ServerYard
{
    /// <summary>The user that servers run as where we are root, as which they refuse to.</summary>
    const string User = "postgres";

    // The pipe to it closes when we end, also by kill -9. A server that is told to quit takes its shared
    // memory with it; a process that was stopped cannot hear.
    const string Script =
        """
        trap '' INT TERM HUP
        cat > /dev/null
        for file in "$1"/*/data/postmaster.pid; do
            [ -f "$file" ] || continue
            server=$(head -n 1 "$file")
            [ "$(readlink /proc/$server/cwd)" = "${file%/postmaster.pid}" ] || continue
            kill -CONT $server $(cat /proc/$server/task/$server/children) 2> /dev/null
            kill -QUIT $server 2> /dev/null
            for try in 1 2 3 4 5 6 7 8 9 10; do [ -d /proc/$server ] || break; sleep 0.1; done
            kill -KILL $(cat /proc/$server/task/$server/children) $server 2> /dev/null
        done
        rm -rf "$1"
        """;

    static readonly Lazy<ServerYard> s_here = new(() => new());

    readonly Process _watchdog;

    ServerYard()
    {
        Folder = Directory.CreateTempSubdirectory("steelyard-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
            Run("chown", $"{User}:", Folder);
        _watchdog = Start("setsid", "sh", "-c", $"exec > /dev/null 2>&1\n{Script}", "sh", Folder);
    }

    /// <summary>That of this process.</summary>
    public static ServerYard Here => s_here.Value;

    /// <summary>Below it every server has a folder of its own.</summary>
    public string Folder { get; }

    /// <summary>Runs a program as the servers' user, to its end.</summary>
    /// <exception cref="UserMistakeException">It failed.</exception>
    public static void RunAsUser(params IReadOnlyList<string> words) => Run([.. AsUser, .. words]);

    /// <summary>Starts a program as the servers' user; it goes on when we are gone.</summary>
    /// <param name="log">The file that its output is added to.</param>
    /// <param name="words">The program and its arguments.</param>
    /// <returns>Its number.</returns>
    public static int StartAsUser(string log, params IReadOnlyList<string> words) => Start(
    [
        "setsid", "sh", "-c", "log=$1; shift; exec \"$@\" >> \"$log\" 2>&1 < /dev/null", "sh", log,
        .. AsUser, .. words,
    ]).Id;

    static IReadOnlyList<string> AsUser => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups"]
        : [];

    static void Run(params IReadOnlyList<string> words)
    {
        using var program = Start(["sh", "-c", "\"$@\" > /dev/null", "sh", .. words]);
        program.StandardInput.Close();
        var problem = program.StandardError.ReadToEnd();
        program.WaitForExit();
        if (program.ExitCode != 0)
            throw new UserMistakeException(
                $"PostgreSQL: expected {Path.GetFileName(words[0])} to work, found: "
                + problem.Trim().ReplaceLineEndings(" "));
    }

    static Process Start(params IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = false,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} did not start");
    }
}
