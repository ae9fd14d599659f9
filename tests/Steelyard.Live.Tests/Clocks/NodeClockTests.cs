using System.Globalization;
using Steelyard.Live.Clocks;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Tests.Clocks;

public sealed class NodeClockTests
{
    static readonly TimeSpan s_while = TimeSpan.FromSeconds(0.4);

    [ClockFact]
    public void A_program_that_runs_sees_its_clock_jump_and_drift_and_be_right_again()
    {
        using var yard = ProcessYard.Open();
        var clock = new NodeClock(yard, "n1");
        Watch(yard, clock);

        Assert.InRange(Lead(yard).TotalSeconds, -0.2, 0.2);
        clock.Jump(TimeSpan.FromSeconds(100));
        Assert.InRange(Lead(yard).TotalSeconds, 99.8, 100.2);
        clock.Jump(TimeSpan.FromSeconds(-150));
        Assert.InRange(Lead(yard).TotalSeconds, -50.2, -49.8);

        clock.Drift(1_000_000);
        Thread.Sleep(s_while);
        var drifting = Lead(yard);
        clock.Drift(-1_000_000);
        var after = Lead(yard);
        Assert.InRange(drifting.TotalSeconds, -49.7, -48);
        Assert.InRange((Lead(yard) - after).TotalSeconds, -0.15, 0.15);
    }

    [ClockFact]
    public void A_program_that_is_started_without_it_sees_nothing_of_it()
    {
        using var yard = ProcessYard.Open();
        var clock = new NodeClock(yard, "n1");
        Watch(yard, clock: null);

        clock.Jump(TimeSpan.FromSeconds(100));

        Assert.InRange(Lead(yard).TotalSeconds, -0.2, 0.2);
    }

    [ClockFact]
    public void Nothing_of_it_is_left_when_the_program_is_killed()
    {
        var yard = ProcessYard.Open();
        var running = Watch(yard, new(yard, "n1"));

        yard.Dispose();

        Assert.DoesNotContain(
            Directory.EnumerateFiles("/dev/shm"),
            file => file.EndsWith($"_{running.Id}", StringComparison.Ordinal));
    }

    // Tells the time over and over, by the C library.
    static RunningProcess Watch(ProcessYard yard, NodeClock? clock)
    {
        var command = new EngineCommand(
            "perl", "-MTime::HiRes=time,sleep", "-e",
            "while (1) { open F, '>time.next'; printf F '%.6f', time; close F;"
            + " rename 'time.next', 'time'; sleep 0.01 }");
        var running = yard.Start(clock?.Wrap(command) ?? command, Path.Combine(yard.Folder, "log"), []);
        SpinWait.SpinUntil(() => File.Exists(Path.Combine(yard.Folder, "time")), TimeSpan.FromSeconds(5));
        return running;
    }

    // What it tells now is what it wrote last; some turns pass, so that it is later than what was done.
    static TimeSpan Lead(ProcessYard yard)
    {
        Thread.Sleep(100);
        var told = double.Parse(
            File.ReadAllText(Path.Combine(yard.Folder, "time")), CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(told) - (DateTime.UtcNow - DateTime.UnixEpoch);
    }
}
