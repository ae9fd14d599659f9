namespace Steelyard.Formats.Rows;

/// <summary>What a column of a file can mean, where a line is a whole operation.</summary>
internal enum Meaning
{
    Process,
    Start,
    End,
    Duration,
    Function,
    Key,
    Input,
    Output,
    Outcome,
    Error,
    Node,
}

/// <summary>The names of the meanings, as they stand before = in <c>--map</c>.</summary>
internal static class Meanings
{
    /// <summary>All of them, in the order of <see cref="Meaning"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Enum.GetNames<Meaning>().Select(name => name.ToLowerInvariant())];

    /// <summary>The meaning of a name, or null.</summary>
    public static Meaning? Of(string name)
    {
        for (var i = 0; i < Names.Count; i++)
            if (Names[i] == name)
                return (Meaning)i;
        return null;
    }
}
