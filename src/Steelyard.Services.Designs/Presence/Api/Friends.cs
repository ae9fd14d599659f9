namespace Steelyard.Services.Designs.Presence.Api;

/// <summary>Who wants to know of whom: everybody of the next few.</summary>
internal static class Friends
{
    const int Count = 3;

    /// <summary>The friends of a user.</summary>
    public static IEnumerable<int> Of(int user, int users) =>
        Enumerable.Range(1, Math.Min(Count, users - 1)).Select(step => (user + step) % users);
}
