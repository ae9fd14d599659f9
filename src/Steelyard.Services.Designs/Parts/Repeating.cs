using Microsoft.Extensions.Hosting;

namespace Steelyard.Services.Designs.Parts;

/// <summary>
/// Background work that begins again and again while its host lives. Each turn has a time limit: a connection
/// to a host that crashed may never say so.
/// </summary>
internal abstract class Repeating(TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await TurnInTime(stoppingToken).ConfigureAwait(false))
                {
                }
            }
            catch (Exception failure)
                when (Unavailable.IsAway(failure) && !stoppingToken.IsCancellationRequested)
            {
                // Somebody is away: the next turn tries again.
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>One turn of work.</summary>
    /// <returns>True to go on at once, false to rest a while.</returns>
    protected abstract Task<bool> Turn(CancellationToken cancellation);

    async Task<bool> TurnInTime(CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        // A turn that gives no heed to its limit, such as a rollback that is never answered, is left behind.
        return await Turn(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
    }
}
