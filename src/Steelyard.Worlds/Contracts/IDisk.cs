namespace Steelyard.Worlds.Contracts;

/// <summary>
/// A node's files. What is written is read back at once (the page cache), but only what was synced outlives a
/// crash; the rest is lost, or torn when a fault says so. Names are flat.
/// </summary>
public interface IDisk
{
    /// <summary>Adds bytes at the end of a file; creates it.</summary>
    /// <exception cref="DiskFullException">No room (a fault); nothing was written.</exception>
    void Append(string file, ReadOnlySpan<byte> bytes);

    /// <summary>Writes bytes at an offset of at most the file's length; creates and extends it.</summary>
    /// <exception cref="DiskFullException">No room (a fault); nothing was written.</exception>
    void Write(string file, long offset, ReadOnlySpan<byte> bytes);

    /// <summary>The whole content of a file, or null when there is none.</summary>
    byte[]? Read(string file);

    /// <summary>Reads a part of a file.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="into">Takes the bytes from there on, as many as there are.</param>
    /// <returns>How many there were; 0 from the file's end on, and where there is no such file.</returns>
    int Read(string file, long offset, Span<byte> into)
    {
        var all = Read(file) ?? [];
        var count = (int)Math.Clamp(all.Length - offset, 0, into.Length);
        if (count > 0)
            all.AsSpan((int)offset, count).CopyTo(into);
        return count;
    }

    /// <summary>Cuts a file to a length; takes effect like a write.</summary>
    void Truncate(string file, long length);

    /// <summary>
    /// Makes all writes to the file so far durable, then runs <paramref name="done"/>: sync takes time. A
    /// crash before then loses them, and <paramref name="done"/> with them.
    /// </summary>
    void Sync(string file, Action done);

    /// <summary>Gives a file another name, replacing what had it; atomic and durable at the next sync of
    /// either.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file; none is no error.</summary>
    void Delete(string file);

    /// <summary>The files' names, sorted.</summary>
    IReadOnlyList<string> Files { get; }
}

/// <summary>The disk has no room.</summary>
public sealed class DiskFullException(string file) : Exception($"no room on the disk for {file}");
