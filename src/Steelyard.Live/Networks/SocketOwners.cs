using System.Globalization;
using System.Net;

namespace Steelyard.Live.Networks;

/// <summary>Whose process the other end of a connection over the loopback is: the kernel lists sockets by
/// their ports, and each process the sockets that it has.</summary>
internal static class SocketOwners
{
    /// <summary>The socket at the other end of a connection; null when it is gone.</summary>
    /// <param name="remote">Where the connection comes from.</param>
    /// <param name="local">Where it was accepted.</param>
    public static string? SocketAt(IPEndPoint remote, IPEndPoint local)
    {
        var (its, mine) = (Written(remote), Written(local));
        foreach (var file in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (!File.Exists(file))
                continue;
            foreach (var line in File.ReadLines(file).Skip(1))
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words[1].EndsWith(its, StringComparison.Ordinal)
                    && words[2].EndsWith(mine, StringComparison.Ordinal))
                    return $"socket:[{words[9]}]";
            }
        }

        return null;
    }

    /// <summary>Whether a process has a socket.</summary>
    public static bool Has(int process, string socket)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd")
                .Any(file => new FileInfo(file).LinkTarget == socket);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // As the kernel writes addresses: the bytes of the address backwards, and the port.
    static string Written(IPEndPoint end)
    {
        var bytes = end.Address.MapToIPv4().GetAddressBytes();
        Array.Reverse(bytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(bytes)}:{end.Port:X4}");
    }
}
