using Microsoft.AspNetCore.Builder;
using Steelyard.Histories;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Services.Faults;
using Steelyard.Services.Networking;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Hosting;

/// <summary>
/// One life of a host: the user's application on the simulated network. A crash ends the life; whatever the
/// application still does then reaches nobody.
/// </summary>
internal sealed class HostNode : INode, IDrainingNode, IDegradableNode, IShowsState, ILiveHost
{
    // What a machine goes on to send for a process that has ended; RFC 9293 leaves it to the machine.
    static readonly TimeSpan LongestLinger = TimeSpan.FromSeconds(3);
    static readonly TimeSpan LingerStep = TimeSpan.FromMilliseconds(5);

    // For connections to be broken once the time limit is over.
    static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(1);

    readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly HostSpec _spec;
    readonly INodeWorld _world;
    readonly NetworkStack _stack;
    readonly LifeClock _clock;
    readonly HostServices _services;
    readonly HostGates _gates;
    WebApplication? _application;
    Task? _stopped;
    bool _isToldToStop;

    public HostNode(HostSpec spec, INodeWorld world, HostNames names)
    {
        _spec = spec;
        _world = world;
        _stack = new(world);
        _clock = new(world);
        _services = new(world, _stack, _clock, names, spec);
        _gates = new(spec.Name, _stack, names, spec.Gates);
    }

    /// <inheritdoc/>
    public void Start()
    {
        LiveHosts.Add(this);
        HostStarts.Begin(_spec.Name, _spec.Create);
        _gates.Open();
        PoolThread.Begin(StartApplication);
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is not Segment segment)
            throw new UnexpectedMessageException(_world.Self, from, message);
        _stack.Receive(from, segment);
    }

    /// <inheritdoc/>
    public void Drain(Action finished) =>
        PoolThread.Begin(() => DrainApplication(() => _world.SetTimer(TimeSpan.Zero, finished)));

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet)
    {
        sheet.Add("application", _isToldToStop ? "stops" : _started.Task.IsCompleted ? "runs" : "starts");
        sheet.Add("connections", _stack.ConnectionCount);
        sheet.Add("version", _world.Version);
    }

    /// <inheritdoc/>
    public Action? Degrade(string how, double by, EffectMark effect)
    {
        if (how == KillFault.Reset)
            _stack.Reset();
        return null;
    }

    /// <inheritdoc/>
    public void BreakOff() => _stack.End();

    /// <inheritdoc/>
    public bool Release() => _clock.Release();

    /// <inheritdoc/>
    public async Task Stop()
    {
        if (_stopped is { } stopped)
        {
            // At the end of the run its time limit is over: it ends one way or the other.
            await stopped.ConfigureAwait(false);
            return;
        }

        if (_application is not { } application)
            return;
        CallContext.Enter(_world, _spec.Name, _clock);
        _isToldToStop = true;
        await application.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }

    // As the console lifetime does on SIGTERM, with the host's own time limit in virtual time.
    async Task DrainApplication(Action finished)
    {
        CallContext.Enter(_world, _spec.Name, _clock);
        await _started.Task.ConfigureAwait(false);
        if (_application is { } application)
        {
            // A server gives what does not stop a second of the machine's time; nobody waits for that here.
            var limit = _services.ShutdownTimeout;
            _isToldToStop = true;
            _stopped ??= StopInTime(application, limit);
            var isUnlimited = limit == Timeout.InfiniteTimeSpan;
            var longest = isUnlimited ? limit : limit + LastWords;
            await Task.WhenAny(_stopped, Task.Delay(longest, _clock)).ConfigureAwait(false);
        }

        for (var lingered = TimeSpan.Zero; _stack.HasUnacknowledged && lingered < LongestLinger
            && !_world.IsOver; lingered += LingerStep)
            await Task.Delay(LingerStep, _clock).ConfigureAwait(false);
        finished();
    }

    // Its process would end now, and nobody has been told to start it again.
    void ExitByItself()
    {
        if (!_isToldToStop)
            PoolThread.Begin(() => DrainApplication(() => _world.SetTimer(
                TimeSpan.Zero,
                () => throw new NodeStoppedException("it called StopApplication") { MayStartAgain = true })));
    }

    // Whatever goes wrong at the end of a process, it ends.
    async Task StopInTime(WebApplication application, TimeSpan limit)
    {
        try
        {
            using var outOfTime = new CancellationTokenSource(limit, _clock);
            await application.StopAsync(outOfTime.Token).ConfigureAwait(false);
            await application.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Not swallowed: a host logs what its services throw, and ends all the same.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _world.Trace($"{_spec.Name} did not stop in good order: {UserCode.Describe(failure)}");
        }
    }

    async Task StartApplication()
    {
        CallContext.Enter(_world, _spec.Name, _clock);
        try
        {
            _gates.Show();
            using (HostBuilding.Of(_services))
                _application = _spec.Create(_spec.Arguments);
            await _application.StartAsync().ConfigureAwait(false);
            HostStarts.Done(_spec.Name);
            _started.TrySetResult();
            _application.Lifetime.ApplicationStopping.UnsafeRegister(
                static host => ((HostNode)host!).ExitByItself(), this);
            if (!_stack.Ports.Any())
                Fail($"host {_spec.Name} listens on no port: expected an application with a web server "
                    + $"({HandlerCode.Place(_spec.Create.Method)})");
        }
#pragma warning disable CA1031 // Not swallowed: thrown again in the event loop.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _started.TrySetResult();
            Fail($"host {_spec.Name} failed to start: {UserCode.Describe(failure)}", failure);
        }
    }

    void Fail(string message, Exception? inner = null) => _world.SetTimer(
        TimeSpan.Zero, () => throw new UserMistakeException(message, inner));
}
