using Microsoft.Extensions.Hosting;

namespace Steelyard.Services.Designs.WebTier.Variants;

/// <summary>Whether a host wants requests. One that was told to stop says no for a while before it stops
/// taking them, so that the balancer knows in time.</summary>
internal sealed class Readiness(TimeProvider time, bool announcesItsEnd) : IHostedLifecycleService
{
    static readonly TimeSpan Notice = TimeSpan.FromSeconds(1);

    /// <summary>Whether it does.</summary>
    public bool IsReady { get; private set; } = true;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (!announcesItsEnd)
            return;
        IsReady = false;
        await Task.Delay(Notice, time, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
