using System.Data.Common;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The one client of a world in which a case is acted out.</summary>
internal sealed class CaseClient(
    IClientWorld world, IReadOnlyList<string> hosts, Func<CaseClient, Task> act)
    : HttpServiceClient(world, hosts)
{
    // When its hosts have started.
    static readonly RecordedWorkload s_once = new([new(500_000_000, 0, new("case", Value.Nil, Value.Nil))]);

    /// <summary>What it asks with.</summary>
    public new HttpClient Http => base.Http;

    /// <summary>What its time is taken from.</summary>
    public TimeProvider Clock => World.Clock;

    /// <summary>A database of the world.</summary>
    public DbDataSource Rows(string database) => Database(database);

    /// <summary>A load that is this client alone, once.</summary>
    public static ServicesLoad Load(Func<CaseClient, Task> act) => new(
        s_once.CreateWorkload, (world, hosts) => new CaseClient(world, hosts, act))
    {
        Clients = 1,
        Arrivals = s_once.Arrivals,
        Duration = TimeSpan.FromSeconds(60),
    };

    /// <inheritdoc/>
    public override async ValueTask<Completion> Invoke(Invocation invocation)
    {
        await act(this);
        return Completion.Ok(Value.Nil);
    }
}
