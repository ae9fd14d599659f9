using System.Data.Common;
using Steelyard.Histories;
using Steelyard.Services.Driving;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The hosts of a user's own scenario, asked as its load asks them.</summary>
internal sealed class AppWorld : IProbedWorld
{
    const string Header = "Idempotency-Key";
    const string IdMark = "{id}";
    static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    readonly Action<ServicesWorld> _build;
    readonly string _name;
    readonly Seed _seed;
    readonly DrivenKinds _kinds;
    readonly ProbeSettings _settings;

    /// <summary>Looks how a scenario's load asks.</summary>
    /// <param name="build">Puts the scenario together.</param>
    /// <param name="name">Its name.</param>
    /// <param name="seed">The worlds grow from it.</param>
    /// <exception cref="UserMistakeException">It does not say how to ask with a key.</exception>
    public AppWorld(Action<ServicesWorld> build, string name, Seed seed)
    {
        (_build, _name, _seed) = (build, name, seed);
        var world = new ServicesWorld();
        build(world);
        _kinds = world.Requests ?? throw new UserMistakeException(
            $"{name}: expected Drive(Drive.Http(…)), which says how a request is made; found another load");
        Hosts = [.. world.ToScenario(name, name).Cluster.Nodes.Select(node => node.Name)];
        KeyStore = [.. _kinds.Databases.Take(1)];
        var asked = _kinds.Sent.FirstOrDefault(kind => kind.Example.HasIdempotencyKey)
            ?? throw new UserMistakeException(
                $"{name}: expected a request with IdempotencyKey(), found none in Drive.Http(…)");
        Takers = asked.Hosts;
        _settings = SettingsOf(asked);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Hosts { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Takers { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> KeyStore { get; }

    /// <inheritdoc/>
    public CaseResult Run(
        ConformanceCase of, Func<Probe, Task<CaseResult>> act, FaultPlan plan, ITraceSink? trace)
    {
        CaseResult? result = null;
        var world = new ServicesWorld();
        _build(world);
        var scenario = world
            .Drive(CaseClient.Load(async client =>
                result = await act(new(of, SettingsFor(client), client.Http, client.Clock, "case"))))
            .ToScenario(_name, _name);
        new ServicesSimulation().Execute(scenario, plan, _seed, RunControl.None with { Trace = trace });
        return result ?? new(of, CaseOutcome.Fail, "it was never over", [], null);
    }

    ProbeSettings SettingsOf(DrivenKind asked)
    {
        var made = asked.Source.Make(new(
            new(_kinds.Load, 1, new(_seed, "example")) { Id = IdMark, Guid = Guid.Empty }));
        var body = (made.Body ?? "").Replace($"{Guid.Empty}", IdMark, StringComparison.Ordinal);
        if (made.Method != HttpMethod.Post || made.Path.Contains(IdMark, StringComparison.Ordinal))
            throw new UserMistakeException(
                $"{_name}: expected a POST to a path that is always the same, found {asked.Function}");
        if (!body.Contains($"\"{IdMark}\"", StringComparison.Ordinal))
            throw new UserMistakeException(
                $"{_name}: expected op.Id or op.Guid in the body of {asked.Function}, found {body}");
        if (!made.Headers.Any(header => header.Key == Header))
            throw new UserMistakeException(
                $"{_name}: expected the header {Header} of {asked.Function}, found another one for the key");
        return new()
        {
            Operations = [.. asked.Hosts.Select(host => new Uri($"http://{host}{made.Path}"))],
            Effects = EffectsPage(),
            Payload = body,
            IdsAreGuids = made.Body!.Contains($"{Guid.Empty}", StringComparison.Ordinal),
            SendsBareKeys = true,
            Settle = Settle,
            Headers = [.. made.Headers.Where(header => header.Key != Header)],
        };
    }

    Uri? EffectsPage() => _kinds.Read.FirstOrDefault(read => read.Kind?.Example.ListsApplied == true).Kind
        is { } listing
        ? new($"http://{listing.Hosts[^1]}{listing.Example.Path}")
        : null;

    // Rows of a database are counted by the client itself.
    ProbeSettings SettingsFor(CaseClient client) =>
        _settings.Effects is null && _kinds.Read.FirstOrDefault(read => read.Kind is null).Read is { } rows
            ? _settings with { CountsEffects = id => Count(client, rows, id) }
            : _settings;

    async Task<int?> Count(CaseClient client, FinalRead read, string id)
    {
        try
        {
            var ids = await DrivenRows.Read(client.Rows(_kinds.DatabaseOf(read)), read.Sql!, default);
            return ids.Count(found => found == id);
        }
        catch (DbException)
        {
            // The table comes with the first effect; or the database is away. Nobody knows which.
            return null;
        }
    }
}
