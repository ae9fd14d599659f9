using Steelyard.Services.Misfits;
using Steelyard.Services.Networking;
using Steelyard.Services.Scheduling;
using Steelyard.Services.Stores;
using Steelyard.Worlds;

namespace Steelyard.Services.Clients;

/// <summary>
/// A client of services: a real <see cref="HttpClient"/> on the simulated network. Derive, and turn each
/// invocation into requests.
/// </summary>
public abstract class HttpServiceClient : IListeningClient
{
    readonly NetworkStack _stack;

    /// <summary>Creates it.</summary>
    /// <param name="world">What it may touch.</param>
    /// <param name="hosts">The names of all hosts, in order of their index.</param>
    protected HttpServiceClient(IClientWorld world, IReadOnlyList<string> hosts)
    {
        World = world;
        Hosts = hosts;
        _stack = new(world);
        var handler = new AskingHandler(world, $"client {world.Process}")
        {
            InnerHandler = WorldHandler.Of(_stack, new(hosts)),
        };
        Http = new(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        Residents.Add(new Resident(this));
    }

    /// <summary>What it may touch.</summary>
    protected IClientWorld World { get; }

    /// <summary>The names of all hosts, in order of their index.</summary>
    protected IReadOnlyList<string> Hosts { get; }

    /// <summary>Sends requests to hosts by their names: <c>http://payments-1/…</c>. It has no time limit of
    /// its own; give each request a token of <see cref="After"/>.</summary>
    protected HttpClient Http { get; }

    /// <summary>A store of the world, for a client that uses it without a service between them.</summary>
    /// <param name="name">Its name.</param>
    protected IWorldStore Store(string name)
    {
        string[] hosts = [.. Hosts.Where(host => StoreOptions.IsHostOf(host, name))];
        return new WorldStore(name, hosts, new(_stack, new(Hosts), World.Clock));
    }

    /// <inheritdoc/>
    public abstract ValueTask<Completion> Invoke(Invocation invocation);

    /// <summary>A token that is cancelled after a time of the own clock.</summary>
    protected CancellationTokenSource After(TimeSpan limit) => new(limit, World.Clock);

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is Segment segment)
            _stack.Receive(from, segment);
    }

    sealed class AskingHandler(IClientWorld world, string name) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var errand = Errand.Ask(world, name, request);
            try
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                errand.End();
            }
        }
    }

    sealed class Resident(HttpServiceClient client) : IResident
    {
        public void BreakOff() => client._stack.End();

        public bool Release() => false;

        public Task Stop()
        {
            client.Http.Dispose();
            return Task.CompletedTask;
        }
    }
}
