namespace Steelyard.Formats;

/// <summary>
/// A kind of history files: what it is called, how it looks, how its files are told from others and how they
/// are read. Each is one file here, and one row of <see cref="HistoryFormats"/>; nothing else knows it. Any
/// of them may be gzipped.
/// </summary>
public abstract class HistoryFormat
{
    private protected HistoryFormat()
    {
    }

    /// <summary>Its name, as it stands after <c>--format</c>: <c>jepsen-edn</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How its lines look, for lists.</summary>
    public abstract string Sample { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether a file that begins so is of this kind.</summary>
    internal abstract bool IsBegunBy(FileHead head);

    /// <summary>Reads a file from its first byte.</summary>
    internal abstract HistoryRead Read(Stream stream, string name, ReadOptions options);
}
