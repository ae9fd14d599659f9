using System.Globalization;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines;

/// <summary>
/// What a run writes down before it makes a room in an engine that is not ours: a file, until the room is
/// taken away. Where the run is killed first, by its note its watchdog, or else the next run there, knows
/// what to take away, and that nobody but a run of ours has made it.
/// </summary>
/// <param name="Room">The run's name, with which all that it makes begins.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Setup">Its set-up.</param>
/// <param name="Addresses">Where it is.</param>
internal sealed record RoomNote(
    string Room, string Engine, string Setup, IReadOnlyList<EngineAddress> Addresses)
{
    const int Lines = 5;

    /// <summary>Where notes are.</summary>
    public static string Folder => Path.Combine(
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            is { Length: > 0 } data ? data : Path.GetTempPath(),
        "steelyard", "rooms");

    /// <summary>The machine and the process that the run is, where that has not ended since.</summary>
    string Owner { get; init; } = Us;

    static string Us => OwnerOf(Environment.ProcessId);

    /// <summary>The file of a note.</summary>
    public static string PathOf(string room) => Path.Combine(Folder, room);

    /// <summary>The note of a run; null where it has none, or none any more.</summary>
    public static RoomNote? Of(string room)
    {
        try
        {
            return File.ReadAllLines(PathOf(room)) is { Length: Lines } lines && lines[0] == room
                ? new(room, lines[1], lines[2], EngineAddress.ParseAll(lines[3])) { Owner = lines[4] }
                : null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Those of runs on this machine that are no more.</summary>
    public static IReadOnlyList<RoomNote> Abandoned() => !Directory.Exists(Folder)
        ? []
        : [.. Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal)
            .Select(file => Of(Path.GetFileName(file))).OfType<RoomNote>()
            .Where(note => note.IsAbandoned)];

    /// <summary>Writes it down; it is there when this returns.</summary>
    /// <exception cref="LiveException">It cannot be written.</exception>
    public void Write()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllLines(PathOf(Room), [Room, Engine, Setup, string.Join(',', Addresses), Owner]);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new LiveException(
                $"expected to write down in {Folder} what is made at {Addresses[0]}, so that it can be taken"
                + $" away also when we are killed, found: {refused.Message}");
        }
    }

    /// <summary>Takes it away: the room is no more.</summary>
    public void Remove() => File.Delete(PathOf(Room));

    /// <summary>Whether it is about the same place.</summary>
    public bool IsAt(string engine, IReadOnlyList<EngineAddress> addresses) => Engine == engine
        && Addresses.Select(one => (one.Host, one.Port))
            .SequenceEqual(addresses.Select(one => (one.Host, one.Port)));

    // A process of another machine, with the same home, is not ours to judge; one that has ended and that
    // nobody has asked how is no more.
    bool IsAbandoned => Owner.Split(' ') is [var machine, var number, _]
        && machine == Environment.MachineName
        && int.Parse(number, CultureInfo.InvariantCulture) is var process
        && (OwnerOf(process) != Owner || ProcessTree.Of(process).Count == 0);

    static string OwnerOf(int process) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName} {process} {ProcessTree.StartOf(process) ?? 0}");
}
