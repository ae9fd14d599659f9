using System.Globalization;
using System.Text.Json;
using Steelyard.Live.Engines.Garnet;
using Steelyard.Live.Engines.Sqlite;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Amplification;

/// <summary>Measures a store once, in a process of its own, so that what the kernel counts is its alone, on a
/// folder of its own that is gone afterwards.</summary>
internal static class StoreMeasurement
{
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    /// <summary>Measures one.</summary>
    /// <param name="store">The store.</param>
    /// <param name="plan">What it is asked.</param>
    /// <param name="seed">What keys, values and draws grow from.</param>
    /// <param name="progress">Told which share of it is done.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="LiveException">It fails on this machine.</exception>
    public static IReadOnlyList<StorePhase> Of(
        MeasuredStore store, AmplificationPlan plan, int seed, Action<double> progress,
        CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            throw new LiveException(
                "amplification: expected Linux, whose kernel counts it, found another system");
        if (store.WhyNot is { } why)
            throw new LiveException($"{store.Name}: {why}, or leave it out of --store");
        using var yard = ProcessYard.Open();
        var log = Path.Combine(yard.Folder, "log");
        var running = yard.Start(CommandOf(store, plan, seed, yard.MakeFolder("store")), log, []);
        var phases = new List<StorePhase>();
        var lines = 0;
        for (var isOver = false; !isOver;)
        {
            cancellation.ThrowIfCancellationRequested();
            isOver = !running.IsRunning;
            foreach (var line in NewLines(log, ref lines))
                Take(line, phases, progress);
            if (!isOver)
                Thread.Sleep(s_look);
        }

        if (running.ExitCode != 0)
            throw new LiveException($"{store.Name}: expected it to be measured, found: {WordsOf(log)}");
        return IsOnDevice(phases) ? phases : throw new LiveException(
            $"{yard.Folder}: expected a folder on a device (TMPDIR), found that nothing was read from one");
    }

    // A file system in memory, whose reads cost nothing.
    static bool IsOnDevice(List<StorePhase> phases) => phases.Exists(
        phase => phase.DeviceBytes is not null || phase.FetchedBytes > 0);

    static EngineCommand CommandOf(MeasuredStore store, AmplificationPlan plan, int seed, string folder)
    {
        (string Name, int Value)[] numbers =
        [
            ("records", plan.Records), ("value", plan.ValueBytes), ("batch", plan.Batch),
            ("reads", plan.Reads), ("memory", plan.MemoryBytes), ("seed", seed),
        ];
        return new(GarnetEngine.Runtime.MustBeThere(),
        [
            SqliteEngine.Host.MustBeThere(), "measure", "--store", store.Name, "--folder", folder,
            .. numbers.SelectMany(number => (string[])
                [$"--{number.Name}", number.Value.ToString(CultureInfo.InvariantCulture)]),
        ]);
    }

    // Only whole lines: the last one may still be on its way.
    static string[] NewLines(string log, ref int read)
    {
        if (!File.Exists(log))
            return [];
        using var file = new StreamReader(
            new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = file.ReadToEnd().Split('\n')[..^1];
        var found = lines[read..];
        read = lines.Length;
        return found;
    }

    // What is no JSON are words about what went wrong; they are told once the process has ended.
    static void Take(string line, List<StorePhase> phases, Action<double> progress)
    {
        if (!line.StartsWith('{'))
            return;
        using var json = JsonDocument.Parse(line);
        if (StorePhase.Of(json.RootElement) is { } phase)
            phases.Add(phase);
        else
            progress(json.RootElement.GetProperty("share").GetDouble());
    }

    static string WordsOf(string log) => File.ReadLines(log)
        .FirstOrDefault(line => line.Length > 0 && !line.StartsWith('{')) ?? "nothing in its log";
}
