using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Networks;

/// <summary>The option that says what cuts links.</summary>
internal static class NetworkChoice
{
    const string Name = "network";

    /// <summary>It.</summary>
    public static DesignOption Option { get; } = DesignOption.Choice(
        Name, "What cuts links: best (namespaces where this machine lets us, else proxies), namespaces,"
        + " proxies", "best", "namespaces", "proxies");

    /// <summary>What was chosen.</summary>
    public static NetworkKind Of(DesignOptions options) =>
        Enum.Parse<NetworkKind>(options.Choice(Name), ignoreCase: true);
}
