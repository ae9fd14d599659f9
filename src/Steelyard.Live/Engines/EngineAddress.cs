using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Steelyard.Histories;

namespace Steelyard.Live.Engines;

/// <summary>Where somebody's own engine is: <c>user@host:port</c>, the user where it wants one.</summary>
/// <param name="User">Who asks; null is whom the engine has by default.</param>
/// <param name="Host">A name or a number.</param>
/// <param name="Port">The port for clients.</param>
internal sealed record EngineAddress(string? User, string Host, int Port)
{
    /// <summary>The variable of the environment that has the password, where one is wanted: what is on a
    /// command line is kept with the run.</summary>
    public const string Password = "STEELYARD_PASSWORD";

    /// <summary>Reads some with commas between them.</summary>
    /// <exception cref="UserMistakeException">One is none.</exception>
    public static IReadOnlyList<EngineAddress> ParseAll(string text) =>
        [.. text.Split(',').Select(part => Parse(part.Trim()))];

    /// <summary>As it was written.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(User is null ? "" : User + "@")}{Host}:{Port}");

    /// <summary>The address behind the name.</summary>
    /// <exception cref="UserMistakeException">There is none.</exception>
    public IPEndPoint Resolve()
    {
        try
        {
            var known = System.Net.Dns.GetHostAddresses(Host);
            return new(
                known.OrderBy(one => one.AddressFamily != AddressFamily.InterNetwork).First(), Port);
        }
        catch (SocketException unknown)
        {
            throw new UserMistakeException($"--at: expected a host, found {Host}: {unknown.Message}");
        }
    }

    static EngineAddress Parse(string text)
    {
        var (at, colon) = (text.LastIndexOf('@'), text.LastIndexOf(':'));
        return colon > at + 1
            && int.TryParse(
                text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and < 65_536
            ? new(at > 0 ? text[..at] : null, text[(at + 1)..colon], port)
            : throw new UserMistakeException(
                $"expected host:port or user@host:port, with commas between several, found \"{text}\"");
    }
}
