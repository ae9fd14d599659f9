using System.Globalization;

namespace Steelyard.Live.Processes;

/// <summary>Programs of an engine come out of an image: each runs in a container of its own, on the network
/// of whoever starts it, with the folder of the run where it is.</summary>
/// <param name="Runtime">The file of podman or docker.</param>
/// <param name="Image">The image.</param>
internal sealed record EngineContainer(string Runtime, string Image)
{
    /// <summary>The user and group that own its data within, as numbers, since this machine need not know
    /// their names; null is root.</summary>
    public string? User { get; init; }

    /// <summary>The runtime that is on this machine; null is none. Podman starts containers itself, docker
    /// has a server do it, which knows nothing of our network namespaces.</summary>
    public static string? RuntimeHere => Tool.Find("podman") ?? Tool.Find("docker");

    /// <summary>Whether containers are on the network of whoever starts them.</summary>
    public bool KnowsNamespaces => Path.GetFileName(Runtime) == "podman";

    /// <summary>The words that run a program.</summary>
    /// <param name="command">The program, by the name that it has in the image.</param>
    /// <param name="name">The container's name.</param>
    /// <param name="folder">The folder that it sees as we do.</param>
    /// <param name="environment">What it has in its environment.</param>
    public IReadOnlyList<string> Words(
        EngineCommand command, string name, string folder, IReadOnlyDictionary<string, string> environment) =>
    [
        Runtime, "run", "--rm", "--name", name, "--network", "host", "--volume", $"{folder}:{folder}",
        "--workdir", folder, "--user", command.User is null ? "0:0" : User ?? "0:0",
        .. environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(
            pair => new[] { "--env", $"{pair.Key}={pair.Value}" }),
        "--entrypoint", command.Program, Image, .. command.Arguments,
    ];

    /// <summary>The process of a container, as this machine numbers it; null while it has none.</summary>
    public int? ProcessOf(string name)
    {
        try
        {
            var told = Tool.Run(Runtime, ["inspect", "--format", "{{.State.Pid}}", name]).Trim();
            return int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && process > 0 ? process : null;
        }
        catch (LiveException)
        {
            // It is not made yet.
            return null;
        }
    }
}
