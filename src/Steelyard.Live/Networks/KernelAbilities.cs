using System.Net;
using System.Net.Sockets;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Networks;

/// <summary>What a kernel may lack of what is done to links in network namespaces; found out once, by trying
/// it.</summary>
internal static class KernelAbilities
{
    // Whoever has a queue of that number has queues.
    const ushort AnyQueue = 60_000;

    static readonly Lazy<string?> s_lateLinks = new(TryQueue);
    static readonly Lazy<string?> s_resets = new(TryReset);

    /// <summary>Why packets cannot be made late here; null where they can.</summary>
    public static string? WhyNoLateLinks => s_lateLinks.Value;

    /// <summary>Why connections cannot be reset here; null where they can.</summary>
    public static string? WhyNoResets => s_resets.Value;

    static string? TryQueue()
    {
        try
        {
            using var queue = new PacketQueue(AnyQueue);
            return null;
        }
        catch (LiveException refused)
        {
            return refused.Message;
        }
    }

    // On a connection of our own with ourselves.
    static string? TryReset()
    {
        if (Tool.Find("ss") is null)
            return "ss is missing (package iproute2)";
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var connection = new TcpClient();
        connection.Connect((IPEndPoint)listener.LocalEndpoint);
        var mine = ((IPEndPoint)connection.Client.LocalEndPoint!).Port;
        var told = Tool.Run("ss", ["-K", "-H", "-t", "-n", "state", "established", $"sport = :{mine}"]);
        return told.Length > 0 ? null
            : "ss -K ends no connection here: the kernel is built without CONFIG_INET_DIAG_DESTROY";
    }
}
