namespace Steelyard.Services.Databases;

/// <summary>What the ADO.NET face says in one voice.</summary>
internal static class WorldDb
{
    /// <summary>The mistake of a call that would block the one worker.</summary>
    public static NotSupportedException Blocking(string call, string instead) =>
        new($"expected {instead}: {call} blocks the one worker of the world, and could never end");
}
