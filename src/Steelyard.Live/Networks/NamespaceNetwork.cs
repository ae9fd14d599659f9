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
    readonly Dictionary<(int From, int To), PacketLine> _late = [];

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
        ["nsenter", $"--net={SpaceFile(node)}", "--"];

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
        foreach (var line in _late.Values)
            line.End();
        for (var node = 0; node < Nodes; node++)
            Tool.Run("ip", ["netns", "delete", Space(node)]);
        Tool.Run("ip", ["netns", "delete", Bridge]);
    }

    /// <inheritdoc/>
    protected override Action CutNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect) =>
        Drop(links, "", effect);

    /// <inheritdoc/>
    protected override Action WorsenNodes(
        IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect)
    {
        var lossless = trouble.Loss > 0 ? Drop(links, RandomShare(trouble.Loss), effect) : () => { };
        var punctual = trouble with { Loss = 0 } == LinkTrouble.None
            ? () => { }
            : MakeLate(links, trouble, effect);
        return () =>
        {
            lossless();
            punctual();
        };
    }

    /// <inheritdoc/>
    protected override Action ResetNodes(
        IReadOnlyList<(int From, int To)> links, bool refuses, EffectMark effect)
    {
        foreach (var (from, to) in refuses ? links : [])
            Tables(to, Refusing("-A", from));
        var ended = links.Sum(link => EndConnections(of: link.From, with: link.To));
        if (ended > 0)
            effect.Set();
        return () =>
        {
            foreach (var (from, to) in refuses ? links : [])
            {
                if (HasHit(to, "REJECT", from))
                    effect.Set();
                Tables(to, Refusing("-D", from));
            }
        };
    }

    // What the kernel answers for a connection that it does not have is kept from its way.
    /// <inheritdoc/>
    protected override Action ForgetNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect)
    {
        foreach (var (keeper, forgetter) in links)
        {
            Tables(forgetter, Silent("-A", keeper));
            if (EndConnections(of: forgetter, with: keeper) > 0)
                effect.Set();
        }

        return () =>
        {
            foreach (var (keeper, forgetter) in links)
                Tables(forgetter, Silent("-D", keeper));
        };
    }

    string Bridge => $"{_name}-br";

    /// <summary>The file of a node's namespace.</summary>
    public string SpaceFile(int node) => $"/run/netns/{Space(node)}";

    string Space(int node) => $"{_name}-n{node + 1}";

    static string Host(int node) => $"{Subnet}{node + 1}";

    // A queue for each sender; its rule stands where packets come in, before those that drop some.
    Action MakeLate(IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect)
    {
        foreach (var (from, to) in links)
        {
            if (!_late.TryGetValue((from, to), out var line))
            {
                _late.Add((from, to), line = new(SpaceFile(to), (ushort)from));
                line.Worsen(trouble, effect);
                Tables(to, Queueing("-A", from));
            }
            else
            {
                line.Worsen(trouble, effect);
            }
        }

        return () =>
        {
            foreach (var link in links)
            {
                var line = _late[link];
                line.Better(effect);
                if (!line.IsUsual)
                    continue;
                Tables(link.To, Queueing("-D", link.From));
                line.End();
                _late.Remove(link);
            }
        };
    }

    // Both sides hear of it by a reset, unless that is kept from its way.
    int EndConnections(int of, int with) =>
        Inside(of, "ss", $"-K -H -t -n state established dst {Host(with)}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    static string Queueing(string how, int from) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"-t mangle {how} INPUT -s {Host(from)} -j NFQUEUE --queue-num {from}");

    // Not what says so itself: it is on its way to somebody who was refused.
    static string Refusing(string how, int from) =>
        $"{how} INPUT -p tcp -s {Host(from)} ! --tcp-flags RST RST -j REJECT --reject-with tcp-reset";

    static string Silent(string how, int to) =>
        $"{how} OUTPUT -p tcp -d {Host(to)} --tcp-flags RST RST -j DROP";

    static string RandomShare(double share) => string.Create(
        CultureInfo.InvariantCulture, $"-m statistic --mode random --probability {share:0.######} ");

    // A rule where packets come in, for each sender; its counter tells whether it ever dropped one.
    Action Drop(IReadOnlyList<(int From, int To)> links, string match, EffectMark effect)
    {
        foreach (var (from, to) in links)
            Tables(to, $"-A INPUT -s {Host(from)} {match}-j DROP");
        return () =>
        {
            foreach (var (from, to) in links)
            {
                if (HasHit(to, "DROP", from))
                    effect.Set();
                Tables(to, $"-D INPUT -s {Host(from)} {match}-j DROP");
            }
        };
    }

    bool HasHit(int node, string target, int from) => Tables(node, "-L INPUT -v -n -x")
        .Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Any(words => words is [var packets, _, var hit, ..] && hit == target
            && packets != "0" && words.Contains(Host(from), StringComparer.Ordinal));

    string Tables(int node, string words) => Inside(node, "iptables", $"-w {words}");

    string Inside(int node, string program, string words) =>
        Tool.Run("nsenter", [$"--net={SpaceFile(node)}", program, .. words.Split(' ')]);
}
