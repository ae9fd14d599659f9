using Steelyard.Histories;
using Steelyard.Services.Scenarios;

namespace Steelyard.Services.Driving;

/// <summary>Who asks what of the hosts, as data: requests, how often, of which keys and tenants, and what is
/// read at the end. Made by <see cref="Drive"/>.</summary>
public sealed record HttpLoad : ServicesLoad
{
    internal HttpLoad()
        : base(static () => throw NotYet(), static (_, _) => throw NotYet())
    {
        Clients = 20;
        Duration = TimeSpan.FromSeconds(10);
    }

    /// <summary>The hosts that are asked, where a request does not say; none is all that <c>AddHost</c>
    /// added.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>How many keys there are for <see cref="HttpOperation.Key"/>; at least 1.</summary>
    public int Keys { get; init; } = 10;

    /// <summary>How many tenants there are for <see cref="HttpOperation.Tenant"/>; at least 1.</summary>
    public int Tenants { get; init; } = 3;

    internal IReadOnlyList<DrivenOperation> Operations { get; init; } = [];

    internal IReadOnlyList<FinalRead> Reads { get; init; } = [];

    /// <summary>Another request besides.</summary>
    /// <param name="operation">Says what is sent.</param>
    /// <param name="weight">How often, compared with the others; above 0.</param>
    public HttpLoad And(Func<HttpOperation, HttpOperation> operation, double weight = 1) =>
        With(new DrivenOperation(null, operation, weight));

    /// <summary>Another request besides, with a name.</summary>
    /// <param name="name">What the operation is called.</param>
    /// <param name="operation">Says what is sent.</param>
    /// <param name="weight">How often, compared with the others; above 0.</param>
    public HttpLoad And(string name, Func<HttpOperation, HttpOperation> operation, double weight = 1) =>
        With(new DrivenOperation(name, operation, weight));

    /// <summary>Reads something at the end, when everything is healed. What asks for
    /// <see cref="HttpOperation.Key"/> is read for every key.</summary>
    /// <param name="operation">Says what is sent; a GET.</param>
    public HttpLoad FinalRead(Func<HttpOperation, HttpOperation> operation) =>
        With(new FinalRead(new(null, operation, 1)));

    /// <summary>Reads something at the end, with a name: that of the operation, or of the place where
    /// <see cref="HttpOperation.Applied"/> effects are listed.</summary>
    /// <param name="name">The name.</param>
    /// <param name="operation">Says what is sent; a GET.</param>
    public HttpLoad FinalRead(string name, Func<HttpOperation, HttpOperation> operation) =>
        With(new FinalRead(new(name, operation, 1)));

    /// <summary>Reads at the end, from a database, whose effects took place: for services that list them
    /// nowhere.</summary>
    /// <param name="sql">Selects the id of each, in the first column, with repeats.</param>
    /// <param name="database">Which database; null is the only one.</param>
    /// <param name="place">What the place is called in sentences; null is the database's name.</param>
    public HttpLoad FinalRows(string sql, string? database = null, string? place = null) =>
        With(new FinalRead(null) { Sql = sql, Database = database, Place = place });

    internal override ServicesLoad On(DrivenHosts hosts)
    {
        var kinds = new DrivenKinds(this, hosts);
        return new(
            () => new DrivenWorkload(kinds, hosts.Watched),
            (world, names) => new DrivenClient(world, names, kinds))
        {
            Clients = Clients,
            RatePerSecond = RatePerSecond,
            Duration = Duration,
            Arrivals = Arrivals,
        };
    }

    static InvalidOperationException NotYet() => new("expected hosts that are known: a world's Drive");

    HttpLoad With(DrivenOperation operation)
    {
        if (!(operation.Weight > 0 && double.IsFinite(operation.Weight)))
            throw new UserMistakeException($"weight: expected a number above 0, found {operation.Weight}");
        return this with { Operations = [.. Operations, operation] };
    }

    HttpLoad With(FinalRead read) => this with { Reads = [.. Reads, read] };
}

/// <summary>A request of a load, with its name and how often it is sent.</summary>
internal sealed record DrivenOperation(
    string? Name, Func<HttpOperation, HttpOperation> Make, double Weight);

/// <summary>What is read at the end: over HTTP, or rows of a database.</summary>
internal sealed record FinalRead(DrivenOperation? Operation)
{
    public string? Sql { get; init; }

    public string? Database { get; init; }

    public string? Place { get; init; }
}
