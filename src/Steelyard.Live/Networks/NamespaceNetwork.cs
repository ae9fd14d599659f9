using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Networks;

/// <summary>
/// A network namespace for each node, joined by a bridge in one of its own, so that links between nodes are
/// cut in the kernel: what is sent over them is dropped, and TCP on both sides goes on trying. Wants root,
/// iproute2 and iptables.
/// </summary>
internal sealed class NamespaceNetwork : ClusterNetwork
{
    // Meant for tests of networks (RFC 2544), so no machine has anything there.
    const string Subnet = "198.18.0.";
    const int BridgeHost = 254;

    readonly string _name;
    readonly NamespaceSockets _sockets;

    /// <summary>Makes the namespaces.</summary>
    /// <param name="name">The run's name; all namespaces begin so.</param>
    /// <param name="nodes">How many nodes there are; at most 200.</param>
    /// <exception cref="LiveException">The kernel refuses it.</exception>
    public NamespaceNetwork(string name, int nodes)
        : base(nodes)
    {
        _name = name;
        var commands = new List<string>
        {
            $"netns add {Bridge}",
            $"-n {Bridge} link set lo up",
            $"-n {Bridge} link add name br0 type bridge",
            $"-n {Bridge} address add {Subnet}{BridgeHost}/24 dev br0",
            $"-n {Bridge} link set br0 up",
        };
        for (var node = 0; node < nodes; node++)
            commands.AddRange(
            [
                $"netns add {Space(node)}",
                $"-n {Space(node)} link set lo up",
                $"-n {Space(node)} link add eth0 type veth peer name p{node} netns {Bridge}",
                $"-n {Space(node)} address add {Host(node)}/24 dev eth0",
                $"-n {Space(node)} link set eth0 up",
                $"-n {Bridge} link set p{node} master br0 up",
            ]);
        foreach (var command in commands)
            Tool.Run("ip", command.Split(' '));
        _sockets = new($"/run/netns/{Bridge}");
    }

    /// <summary>Why there can be none on this machine; null where there can.</summary>
    public static string? WhyNot() =>
        !Environment.IsPrivilegedProcess ? "only root can make network namespaces"
        : Tool.Find("ip") is null ? "ip is missing (package iproute2)"
        : Tool.Find("iptables") is null ? "iptables is missing (package iptables)"
        : Tool.Find("nsenter") is null ? "nsenter is missing (package util-linux)"
        : null;

    /// <inheritdoc/>
    public override string Summary => "a network namespace for each node, links cut by the kernel";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Within(int node) =>
        ["nsenter", $"--net=/run/netns/{Space(node)}", "--"];

    /// <inheritdoc/>
    public override IPEndPoint Listen(int node, string service, int port) =>
        new(IPAddress.Parse(Host(node)), port);

    /// <inheritdoc/>
    public override IPEndPoint Peer(int node, string service, int port) => Listen(node, service, port);

    /// <inheritdoc/>
    protected override Socket Dial() => _sockets.Create();

    /// <inheritdoc/>
    protected override void Close()
    {
        _sockets.Dispose();
        for (var node = 0; node < Nodes; node++)
            Tool.Run("ip", ["netns", "delete", Space(node)]);
        Tool.Run("ip", ["netns", "delete", Bridge]);
    }

    /// <inheritdoc/>
    protected override Action CutNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect) =>
        Drop(links, "", effect);

    /// <inheritdoc/>
    protected override Action WorsenNodes(
        IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect) =>
        trouble.Loss > 0
            ? Drop(
                links,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"-m statistic --mode random --probability {trouble.Loss:0.######} "),
                effect)
            : () => { };

    string Bridge => $"{_name}-br";

    string Space(int node) => $"{_name}-n{node + 1}";

    static string Host(int node) => $"{Subnet}{node + 1}";

    // A rule where packets come in, for each sender; its counter tells whether it ever dropped one.
    Action Drop(IReadOnlyList<(int From, int To)> links, string match, EffectMark effect)
    {
        foreach (var (from, to) in links)
            Tables(to, $"-A INPUT -s {Host(from)} {match}-j DROP");
        return () =>
        {
            foreach (var (from, to) in links)
            {
                if (HasDropped(to, from))
                    effect.Set();
                Tables(to, $"-D INPUT -s {Host(from)} {match}-j DROP");
            }
        };
    }

    bool HasDropped(int node, int from) => Tables(node, "-L INPUT -v -n -x")
        .Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Any(words => words is [var packets, _, "DROP", ..]
            && packets != "0" && words.Contains(Host(from), StringComparer.Ordinal));

    string Tables(int node, string words) => Tool.Run(
        "nsenter", [$"--net=/run/netns/{Space(node)}", "iptables", "-w", .. words.Split(' ')]);
}
