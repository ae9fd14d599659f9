using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Histories;
using Steelyard.Services.Caches;
using Steelyard.Services.Databases;
using Steelyard.Services.Driving;
using Steelyard.Services.Faults;
using Steelyard.Services.Hosting;
using Steelyard.Services.Networking;
using Steelyard.Services.Postgres;
using Steelyard.Services.Stores;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Scenarios;

/// <summary>Collects the hosts, the load, the faults and the promises of a scenario.</summary>
public sealed class ServicesWorld
{
    readonly List<NodeSpec> _nodes = [];
    readonly List<Func<INodeWorld, HostNames, INode>> _creators = [];
    readonly List<string> _databases = [];
    readonly List<string> _applications = [];
    readonly List<string> _watched = [];
    readonly List<HostGate> _gates = [];
    readonly List<Action<IServiceCollection>> _registrations = [];
    readonly List<IChecker> _expectations = [];
    readonly List<Fault> _planned = [];
    FaultPalette _palette = FaultPalette.None;
    ServicesLoad? _load;
    bool _hasCache;

    /// <summary>What the cluster says it stands; see <see cref="Nemesis"/>.</summary>
    public FaultTolerance Tolerance { get; set; } = new() { NodesDown = 1, Amnesia = true };

    /// <inheritdoc cref="Promises.SuccessFloor"/>
    public double SuccessFloor { get; set; } = new Promises().SuccessFloor;

    /// <summary>Adds a web application of the user's, reached by its name:
    /// <c>http://payments-1/…</c>.</summary>
    /// <param name="name">Its name on the network; unique.</param>
    /// <param name="create">Makes the application, at birth and at each restart; it is started and stopped by
    /// the world.</param>
    /// <param name="services">Registrations to add or to replace; null is none.</param>
    /// <param name="site">The site it stands in.</param>
    public ServicesWorld AddHost(
        string name, Func<string[], WebApplication> create, Action<IServiceCollection>? services = null,
        string site = "here") => AddHost(name, [create], services, site);

    /// <summary>Adds a web application of which there are several versions: the first starts, and a
    /// <see cref="DrainFault"/> may bring another one in its place.</summary>
    /// <param name="name">Its name on the network; unique.</param>
    /// <param name="versions">Make the application, each version as in the other overload; at least
    /// one.</param>
    /// <param name="services">Registrations to add or to replace; null is none.</param>
    /// <param name="site">The site it stands in.</param>
    public ServicesWorld AddHost(
        string name, IReadOnlyList<Func<string[], WebApplication>> versions,
        Action<IServiceCollection>? services = null, string site = "here")
    {
        if (versions.Count == 0)
            throw new UserMistakeException($"host {name}: expected at least one version, found none");
        _applications.Add(name);
        HostSpec[] specs =
        [
            .. versions.Select(create =>
                new HostSpec(name, create, [], _databases, _watched, _gates, WithOwn(services))),
        ];
        return Add(
            new(name, site) { Versions = specs.Length, Abilities = NodeAbilities.Drain },
            (world, names) => new HostNode(specs[world.Version - 1], world, names));
    }

    /// <summary>
    /// Adds a database host: SQLite on the host's disk, reached over the simulated network. Applications ask
    /// their services for a <see cref="System.Data.Common.DbDataSource"/> (by its name as the key where there
    /// are several), or for a <see cref="System.Data.Common.DbConnection"/>.
    /// </summary>
    /// <param name="name">Its name on the network; unique.</param>
    /// <param name="site">The site it stands in.</param>
    public ServicesWorld AddDatabase(string name, string site = "here")
    {
        _databases.Add(name);
        return Add(
            new(name, site) { Abilities = NodeAbilities.Drain | NodeAbilities.Disk },
            (world, _) => new DatabaseNode(world));
    }

    /// <summary>
    /// Adds a host with a PostgreSQL: a real server of this machine (<see cref="PostgresHere"/>), reached
    /// over the simulated network. Applications find its connection string among theirs, under the host's
    /// name, and use Npgsql, EF Core or whatever stands on it as they always do. Each run has an empty
    /// database of that name.
    /// </summary>
    /// <param name="name">Its name on the network; unique.</param>
    /// <param name="options">How it runs; null is as PostgreSQL does by itself.</param>
    /// <param name="site">The site it stands in.</param>
    public ServicesWorld AddPostgres(string name, PostgresOptions? options = null, string site = "here")
    {
        var chosen = options ?? new();
        _gates.Add(new(
            name, PostgresNode.Port, $".s.PGSQL.{PostgresNode.Port}", chosen.ConnectionName ?? name,
            folder => $"Host={folder};Username=postgres;Database={name}"));
        return Add(
            new(name, site) { Abilities = NodeAbilities.Drain },
            (world, _) => new PostgresNode(world, chosen));
    }

    /// <summary>
    /// Adds a transactional store, reached over the simulated network: one host of that name, or with
    /// replicas several, <c>name-1</c> and so on, of which the first is the primary at first. Applications
    /// ask their services for an <see cref="IWorldStore"/>, by its name as the key where there are several.
    /// </summary>
    /// <param name="name">Its name; unique.</param>
    /// <param name="options">How it runs; null is one host, serializable.</param>
    /// <param name="site">The site its hosts stand in.</param>
    /// <exception cref="UserMistakeException">An option is out of its range.</exception>
    public ServicesWorld AddStore(string name, StoreOptions? options = null, string site = "here")
    {
        var chosen = options ?? new();
        chosen.Check(name);
        var hosts = chosen.HostsOf(name);
        foreach (var host in hosts)
            Add(
                new(host, site) { Abilities = NodeAbilities.Drain | NodeAbilities.Disk },
                (world, names) => new StoreNode(world, names, hosts, chosen));
        _registrations.Add(services => services.AddStore(name, hosts));
        return this;
    }

    /// <summary>
    /// Adds a cache, reached over the simulated network: memory of one host of that name, or with a replica
    /// of two, <c>name-1</c> and <c>name-2</c>. Applications ask their services for an
    /// <see cref="Microsoft.Extensions.Caching.Distributed.IDistributedCache"/>, by its name as the key where
    /// there are several, and use its async methods. It is empty after a crash.
    /// </summary>
    /// <param name="name">Its name; unique.</param>
    /// <param name="options">How it runs; null is one host of 64 MiB.</param>
    /// <param name="site">The site its hosts stand in.</param>
    /// <exception cref="UserMistakeException">An option is out of its range.</exception>
    public ServicesWorld AddCache(string name, CacheOptions? options = null, string site = "here")
    {
        var chosen = options ?? new();
        chosen.Check(name);
        var (hosts, isFirst) = (chosen.HostsOf(name), !_hasCache);
        _hasCache = true;
        foreach (var host in hosts)
            Add(
                new(host, site) { Abilities = NodeAbilities.Drain },
                (world, names) => new CacheNode(world, names, hosts, chosen));
        _registrations.Add(services => services.AddCache(name, hosts, isFirst));
        return this;
    }

    /// <summary>Lets a nemesis break things while operations arrive, others with each seed; said again, it is
    /// another choice. What <see cref="AddFaults"/> added happens besides.</summary>
    public ServicesWorld Faults(FaultPalette palette)
    {
        _palette = palette;
        return this;
    }

    /// <summary>Lets these faults happen too, in every run.</summary>
    public ServicesWorld AddFaults(params IEnumerable<Fault> planned)
    {
        _planned.AddRange(planned);
        return this;
    }

    /// <summary>Says who asks what; <see cref="Scenarios.Drive"/> has it ready made.</summary>
    public ServicesWorld Drive(ServicesLoad load)
    {
        _load = load;
        return this;
    }

    /// <summary>Keeps account of every request that some hosts serve, for promises on what goes on between
    /// services: how many at once, how often for a key.</summary>
    /// <param name="hosts">The hosts, as <c>AddHost</c> names them.</param>
    public ServicesWorld Watch(params IReadOnlyList<string> hosts)
    {
        _watched.AddRange(hosts);
        return this;
    }

    /// <summary>Says what must hold.</summary>
    public ServicesWorld Expect(params IReadOnlyList<IChecker> promises)
    {
        _expectations.AddRange(promises);
        return this;
    }

    /// <summary>All of it as a scenario for <see cref="ServicesSimulation"/>.</summary>
    /// <param name="name">The scenario's name.</param>
    /// <param name="summary">One sentence on it.</param>
    /// <exception cref="UserMistakeException">Hosts or load are missing.</exception>
    public Scenario ToScenario(string name, string summary)
    {
        if (_nodes.Count == 0)
            throw new UserMistakeException($"{name}: expected at least one AddHost, found none");
        foreach (var watched in _watched.Except(_applications))
            throw new UserMistakeException(
                $"{name}: expected a host of AddHost ({string.Join(", ", _applications)}) after Watch, found"
                + $" \"{watched}\"{Suggestion.For(watched, _applications)}");
        // The hosts may have been added after it.
        var load = _load?.On(Known)
            ?? throw new UserMistakeException($"{name}: expected Drive(…), found none");
        string[] hosts = [.. _nodes.Select(node => node.Name)];
        var names = new HostNames(hosts);
        return new()
        {
            Design = name,
            Summary = summary,
            Cluster = new() { Nodes = [.. _nodes] },
            Deployment = new ServicesDeployment
            {
                CreateNode = world => _creators[world.Self.Index](world, names),
                CreateClient = world => load.CreateClient(world, hosts),
            },
            Load = new()
            {
                CreateWorkload = load.CreateWorkload,
                Clients = load.Clients,
                RatePerSecond = load.RatePerSecond,
                Arrivals = load.Arrivals,
                Duration = load.Duration,
            },
            Promises = new()
            {
                Expectations = [.. _expectations],
                Tolerance = Tolerance,
                SuccessFloor = SuccessFloor,
            },
            StoryFaults = new([.. _planned]),
            StoryPalette = _palette,
            OwnFaults = [KillFault.Defined, StatementCrashFault.Defined],
        };
    }

    /// <summary>The requests of the load; null where it is of another kind.</summary>
    /// <exception cref="UserMistakeException">One of them cannot be sent.</exception>
    internal DrivenKinds? Requests => _load is HttpLoad load ? new(load, Known) : null;

    DrivenHosts Known => new(_applications, _databases, _watched);

    Action<IServiceCollection> WithOwn(Action<IServiceCollection>? own) => services =>
    {
        _registrations.ForEach(register => register(services));
        own?.Invoke(services);
    };

    ServicesWorld Add(NodeSpec added, Func<INodeWorld, HostNames, INode> create)
    {
        if (_nodes.Exists(node => string.Equals(node.Name, added.Name, StringComparison.OrdinalIgnoreCase)))
            throw new UserMistakeException(
                $"expected hosts with names of their own, found \"{added.Name}\" twice");
        _nodes.Add(added);
        _creators.Add(create);
        return this;
    }
}
