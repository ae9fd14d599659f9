using Microsoft.AspNetCore.Builder;
using Steelyard.Histories;
using Steelyard.Services.Networking;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds;

namespace Steelyard.Services.Hosting;

/// <summary>
/// One life of a host: the user's application on the simulated network. A crash ends the life; whatever the
/// application still does then reaches nobody.
/// </summary>
internal sealed class HostNode : INode, IResident
{
    readonly HostSpec _spec;
    readonly INodeWorld _world;
    readonly NetworkStack _stack;
    readonly LifeClock _clock;
    readonly HostServices _services;
    WebApplication? _application;

    public HostNode(HostSpec spec, INodeWorld world, HostNames names)
    {
        _spec = spec;
        _world = world;
        _stack = new(world);
        _clock = new(world);
        _services = new(world, _stack, _clock, names, spec);
    }

    /// <inheritdoc/>
    public void Start()
    {
        Residents.Add(this);
        OnWorker(StartApplication);
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is not Segment segment)
            throw new UnexpectedMessageException(_world.Self, from, message);
        _stack.Receive(from, segment);
    }

    /// <inheritdoc/>
    public void BreakOff() => _stack.End();

    /// <inheritdoc/>
    public bool Release() => _clock.Release();

    /// <inheritdoc/>
    public async Task Stop()
    {
        if (_application is not { } application)
            return;
        await application.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }

    // Not in the event loop: what starts there would come back to it after every await.
    static void OnWorker(Func<Task> act) =>
        ThreadPool.UnsafeQueueUserWorkItem(static start => _ = start(), act, preferLocal: false);

    async Task StartApplication()
    {
        try
        {
            using (HostBuilding.Of(_services))
                _application = _spec.Create(_spec.Arguments);
            await _application.StartAsync().ConfigureAwait(false);
            if (!_stack.Ports.Any())
                Fail($"host {_spec.Name} listens on no port: expected an application with a web server");
        }
#pragma warning disable CA1031 // Not swallowed: thrown again in the event loop.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail($"host {_spec.Name} failed to start: {UserCode.Describe(failure)}", failure);
        }
    }

    void Fail(string message, Exception? inner = null) => _world.SetTimer(
        TimeSpan.Zero, () => throw new UserMistakeException(message, inner));
}
