using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines.Dns;

/// <summary>A primary that owns a zone (BIND), and a resolver that remembers answers (Unbound).</summary>
internal sealed class DnsCluster(EngineSetup setup, ClusterPlace place) : EngineCluster(place, ["n1", "n2"])
{
    /// <summary>The zone.</summary>
    public const string Zone = "lab.test";

    const string Service = "client";
    const int Port = 53;

    /// <summary>Where a client beside a node reaches the primary.</summary>
    public IPEndPoint PrimaryFor(int home) => Network.Client(home, CurrentPrimary.Index, Service, Port);

    /// <summary>Where a client beside a node reaches the resolver.</summary>
    public IPEndPoint ResolverFor(int home) => Network.Client(home, Resolver.Index, Service, Port);

    /// <summary>Where we reach the resolver, whatever is cut.</summary>
    public IPEndPoint ResolverDirect => Network.Direct(Resolver.Index, Service, Port);

    /// <summary>Where we reach the primary, whatever is cut.</summary>
    public IPEndPoint PrimaryDirect => Network.Direct(CurrentPrimary.Index, Service, Port);

    /// <summary>The one that remembers.</summary>
    public EngineNode Resolver => Nodes[1];

    /// <inheritdoc/>
    public override Task<EngineNode?> Leader() =>
        Task.FromResult(CurrentPrimary.IsRunning ? CurrentPrimary : null);

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        var folder = Place.Yard.MakeFolder(node.Name);
        if (node == Resolver)
        {
            File.WriteAllText(Path.Combine(folder, "unbound.conf"), UnboundConfiguration(folder));
            return;
        }

        File.WriteAllText(Path.Combine(folder, "zone"), ZoneFile);
        File.WriteAllText(Path.Combine(folder, "named.conf"), BindConfiguration(folder));
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var folder = FolderOf(node);
        return node == CurrentPrimary
            ? [new(FileOf(DnsEngine.Bind), "-g", "-n", "1", "-c", Path.Combine(folder, "named.conf"))]
            : [new(FileOf(DnsEngine.Unbound), "-d", "-c", Path.Combine(folder, "unbound.conf"))];
    }

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation)
    {
        var lookup = Lookup(Network.Direct(node.Index, Service, Port), TimeSpan.FromSeconds(1));
        var answer = await lookup.QueryAsync(Zone, QueryType.SOA, cancellationToken: cancellation);
        return !answer.HasError && answer.Answers.SoaRecords().Any();
    }

    /// <summary>Asks one server over TCP, once.</summary>
    public static LookupClient Lookup(IPEndPoint server, TimeSpan patience) => new(
        new LookupClientOptions(server)
        {
            UseTcpOnly = true,
            UseCache = false,
            Retries = 0,
            ContinueOnDnsError = false,
            ContinueOnEmptyResponse = false,
            ThrowDnsErrors = false,
            Timeout = patience,
        });

    static string ZoneFile =>
        $"""
        $TTL {DnsSetups.TtlSeconds}
        @ IN SOA ns root 1 60 60 600 {DnsSetups.TtlSeconds}
        @ IN NS ns
        ns IN A 127.0.0.1

        """;

    string BindConfiguration(string folder)
    {
        var here = Listen(CurrentPrimary);
        return $$"""
            options {
                directory "{{folder}}";
                pid-file "{{folder}}/named.pid";
                session-keyfile "{{folder}}/session.key";
                listen-on port {{here.Port}} { {{here.Address}}; };
                listen-on-v6 { none; };
                recursion no;
                dnssec-validation no;
            };
            controls { };
            zone "{{Zone}}" { type primary; file "{{folder}}/zone"; allow-update { any; }; };

            """;
    }

    string UnboundConfiguration(string folder)
    {
        var (here, primary) = (Listen(Resolver), Network.Peer(CurrentPrimary.Index, Service, Port));
        // Proxies carry TCP alone.
        var asksByTcp = primary.Equals(Listen(CurrentPrimary)) ? "no" : "yes";
        return $"""
            server:
              directory: "{folder}"
              chroot: ""
              username: ""
              pidfile: "{folder}/unbound.pid"
              interface: {here.Address}@{here.Port}
              access-control: 0.0.0.0/0 allow
              do-not-query-localhost: no
              do-ip6: no
              tcp-upstream: {asksByTcp}
              module-config: "iterator"
              num-threads: 1
              use-syslog: no
              logfile: ""
              local-zone: "test." nodefault
              {string.Join("\n  ", DnsSetups.LinesFor(setup))}
            stub-zone:
              name: "{Zone}"
              stub-addr: {primary.Address}@{primary.Port}
            remote-control:
              control-enable: no

            """;
    }

    IPEndPoint Listen(EngineNode node) => Network.Listen(node.Index, Service, Port);
}
