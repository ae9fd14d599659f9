using Steelyard.Histories;
using Steelyard.Live.Engines.Garnet;
using Steelyard.Live.Networks;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines;

/// <summary>Takes away what a run that was killed has left in an engine that is not ours. A program of its
/// own, since who is killed takes nothing away: the run's watchdog starts it.</summary>
internal static class RoomCleaner
{
    /// <summary>The word before the name of a room that makes our program a cleaner.</summary>
    public const string Word = "--take-room-away";

    const string Program = "Steelyard.App.dll";

    static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(15);

    /// <summary>What a watchdog runs at the end where there is a note of the room; nothing where our program
    /// is not beside us, as in tests of this library.</summary>
    public static IReadOnlyList<string> CommandFor(string room)
    {
        var program = Path.Combine(AppContext.BaseDirectory, Program);
        var runtime = Path.GetFileName(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath : GarnetEngine.Runtime.Path;
        return File.Exists(program) && runtime is not null
            ? [RoomNote.PathOf(room), runtime, "exec", program, Word, room]
            : [];
    }

    /// <summary>Takes a room away, if there is a note of it. Where it cannot, the note stays, and the next
    /// run at that place tries it again.</summary>
    /// <returns>The exit code: 0 where nothing is left.</returns>
    public static int Run(string room)
    {
        try
        {
            if (RoomNote.Of(room) is { } note)
                TakeAway(note);
            return 0;
        }
        catch (Exception refusal) when (EngineTroubles.Is(refusal)
            || refusal is LiveException or UserMistakeException)
        {
            Console.Error.WriteLine(EngineTroubles.Words(refusal));
            return 1;
        }
    }

    static void TakeAway(RoomNote note)
    {
        var engine = LiveCatalogue.All.OfType<LiveDesign>()
            .First(design => design.Engine.Name == note.Engine).Engine;
        using var time = new CancellationTokenSource(s_atMost);
        using var yard = ProcessYard.Open();
        using var network = new ElsewhereNetwork([.. note.Addresses.Select(address => address.Resolve())]);
        var cluster = engine.CreateCluster(
            engine.UsualSetup(note.Setup) with { Network = NetworkKind.Proxies },
            new(yard, network, yard.MakeFolder("logs"), new() { Addresses = note.Addresses }));
        cluster.TakeAway(note, time.Token).GetAwaiter().GetResult();
    }
}
