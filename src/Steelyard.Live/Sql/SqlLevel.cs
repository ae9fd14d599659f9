namespace Steelyard.Live.Sql;

/// <summary>A level of isolation as a database offers it.</summary>
/// <param name="Name">As in options: <c>repeatable-read</c>.</param>
/// <param name="Settings">What a session is told besides its level.</param>
internal sealed record SqlLevel(string Name, params IReadOnlyList<string> Settings)
{
    /// <summary>What it is called with these settings; its name where there are none.</summary>
    public string Title { get; init; } = Name.Replace('-', ' ');

    /// <summary>What begins a transaction of it.</summary>
    public string Begin { get; init; } = "begin";

    /// <summary>As in SQL: <c>repeatable read</c>.</summary>
    public string Words => Name.Replace('-', ' ');
}
