using System.Diagnostics;

namespace Steelyard.Live.Processes;

/// <summary>
/// A shell that outlives us: as soon as we are gone, however we went, it kills what the run has started, and
/// takes away its network namespaces, its mounts and its folder.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    // The pipe to it is closed when we end, also by kill -9. It kills trees by the list of what was started
    // (a number may have gone to somebody else, so the time of the start stands beside it), and what has
    // detached itself by the mark in its environment.
    const string Script =
        """
        trap '' INT TERM HUP
        cat > /dev/null
        name=$1 folder=$2; shift 2
        tree() {
            kill -STOP "$1" 2> /dev/null
            for child in $(cat /proc/"$1"/task/*/children 2> /dev/null); do tree "$child"; done
            kill -KILL "$1" 2> /dev/null
        }
        while read -r process start; do
            now=$(sed 's/.*) //' "/proc/$process/stat" 2> /dev/null | cut -d ' ' -f 20)
            [ "$now" = "$start" ] && tree "$process"
            # What libfaketime leaves of a process that is killed.
            rm -f "/dev/shm/faketime_shm_$process" "/dev/shm/sem.faketime_sem_$process"
        done < "$folder/processes"
        [ -f "$folder/containers" ] && while read -r runtime container; do
            "$runtime" rm --force "$container" > /dev/null 2>&1
        done < "$folder/containers"
        for file in /proc/[0-9]*/environ; do
            process=${file#/proc/}; process=${process%/environ}
            [ "$process" = $$ ] && continue
            tr '\0' '\n' < "$file" 2> /dev/null | grep -qx "STEELYARD_LIVE=$name" || continue
            kill -KILL "$process" 2> /dev/null
        done
        for space in $(ip netns list 2> /dev/null | cut -d ' ' -f 1 | grep "^$name-"); do
            ip netns delete "$space"
        done
        grep -o " $folder/[^ ]*" /proc/mounts | sort -r | while read -r mount; do
            # Who was killed may still be on the way out.
            for try in 1 2 3 4 5 6 7 8 9 10; do umount "$mount" 2> /dev/null && continue 2; sleep 0.1; done
            umount -l "$mount"
        done
        rm -rf "$folder"
        if [ -f "$1" ]; then shift; exec "$@" > /dev/null 2>&1; fi
        """;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    readonly Process _shell;

    Watchdog(Process shell) => _shell = shell;

    /// <summary>Starts one for a run.</summary>
    /// <param name="name">The run's name.</param>
    /// <param name="folder">Its folder, in which <c>processes</c> lists a number and a start a line.</param>
    /// <param name="last">A file, and a command that it runs at last where the file is still there; empty is
    /// nothing.</param>
    public static Watchdog Start(string name, string folder, IReadOnlyList<string> last)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, "sh", name, folder, .. last])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        return new(Process.Start(start) ?? throw new InvalidOperationException("the watchdog did not start"));
    }

    /// <summary>Lets it do its work now, and waits for it.</summary>
    public void Dispose()
    {
        _shell.StandardInput.Close();
        if (!_shell.WaitForExit(s_patience))
            throw new LiveException("the watchdog has not cleaned up within 20 s");
        _shell.Dispose();
    }
}
