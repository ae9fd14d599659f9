using Steelyard.Live.Processes;

namespace Steelyard.Live.Tests.Processes;

public sealed class EngineContainerTests : IDisposable
{
    // Runs what is asked for as a process that has nothing to do with whoever asked, as podman does, and
    // notes how it was called.
    const string Podman =
        """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$*" >> "$here/called"
        case $1 in
        inspect) cat "$here/$4" ;;
        rm) exit 0 ;;
        run)
            shift
            while [ "$1" != --entrypoint ]; do [ "$1" = --name ] && name=$2; shift; done
            program=$2; shift 3
            setsid sh -c 'echo $$ > "$0"; exec "$@"' "$here/$name" "$program" "$@" &
            wait ;;
        esac
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("steelyard-podman-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_program_runs_on_our_network_with_our_folder_as_the_user_of_the_image()
    {
        var container = new EngineContainer("/usr/bin/podman", "postgres:15") { User = "999:999" };

        var words = container.Words(
            new("postgres", "-D", "/tmp/sy/n1") { User = "postgres" }, "sy-1", "/tmp/sy",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["B"] = "2", ["A"] = "1" });

        Assert.Equal(
            "/usr/bin/podman run --rm --name sy-1 --network host --volume /tmp/sy:/tmp/sy --workdir /tmp/sy"
                + " --user 999:999 --env A=1 --env B=2 --entrypoint postgres postgres:15 -D /tmp/sy/n1",
            string.Join(' ', words));
    }

    [Fact]
    public void What_runs_in_a_container_is_held_still_killed_and_taken_away_by_its_own_process()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (yard, log) = (Open(), Path.Combine(_folder, "log"));
        int process;
        using (yard)
        {
            var running = yard.Start(new("sleep", "60"), log, []);
            process = running.Id;
            Assert.Equal("sleep", File.ReadAllText($"/proc/{process}/comm").Trim());
            Assert.True(running.Kill());
            Assert.False(running.IsRunning);
            process = yard.Start(new("sleep", "60"), log, []).Id;
            Assert.Equal("done\n", yard.Run(new("echo", "done"), []));
        }

        // Nobody may be there to bury it.
        Assert.Empty(ProcessTree.Of(process));
        Assert.Contains(
            $"rm --force {yard.Name}-2", File.ReadAllLines(Path.Combine(_folder, "called")));
    }

    ProcessYard Open()
    {
        var podman = Path.Combine(_folder, "podman");
        File.WriteAllText(podman, Podman);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(podman, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return ProcessYard.Open(new(podman, "image"));
    }
}
