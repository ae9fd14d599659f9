namespace Steelyard.Simulation.Disks;

/// <summary>A change of the directory: a file gets a name, changes it or loses it.</summary>
/// <param name="Number">Its place among all changes of the disk.</param>
/// <param name="Removed">The name that goes, or null.</param>
/// <param name="Added">The name that comes, or null.</param>
/// <param name="File">Whose name it is.</param>
internal readonly record struct NameChange(long Number, string? Removed, string? Added, SimulatedFile? File);

/// <summary>
/// The directory, as programs see it and as the platter holds it. Its changes are journalled: they become
/// durable in the order they were made, each whole or not at all.
/// </summary>
internal sealed class FileNames
{
    readonly SortedDictionary<string, SimulatedFile> _durable = new(StringComparer.Ordinal);
    readonly List<NameChange> _journal = [];

    /// <summary>The files by name, as programs see them.</summary>
    public SortedDictionary<string, SimulatedFile> Seen { get; } = new(StringComparer.Ordinal);

    public int Unsynced => _journal.Count;

    public void Change(NameChange change)
    {
        Apply(Seen, change);
        _journal.Add(change);
    }

    /// <summary>Makes the changes up to a number durable.</summary>
    public void Sync(long upTo)
    {
        var count = 0;
        while (count < _journal.Count && _journal[count].Number <= upTo)
            count++;
        Commit(count);
    }

    /// <summary>A crash: all but the first <paramref name="kept"/> unsynced changes are gone.</summary>
    public void Crash(int kept)
    {
        Commit(kept);
        _journal.Clear();
        Seen.Clear();
        foreach (var (name, file) in _durable)
            Seen.Add(name, file);
    }

    public void Clear()
    {
        _durable.Clear();
        _journal.Clear();
        Seen.Clear();
    }

    void Commit(int count)
    {
        for (var i = 0; i < count; i++)
            Apply(_durable, _journal[i]);
        _journal.RemoveRange(0, count);
    }

    static void Apply(SortedDictionary<string, SimulatedFile> names, NameChange change)
    {
        if (change.Removed is not null)
            names.Remove(change.Removed);
        if (change.Added is not null)
            names[change.Added] = change.File!;
    }
}
