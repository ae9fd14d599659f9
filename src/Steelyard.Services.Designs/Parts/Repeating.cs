using Microsoft.Extensions.Hosting;

namespace Steelyard.Services.Designs.Parts;

/// <summary>
/// Background work that begins again and again while its host lives. Each turn has a time limit: a connection
/// to a host that crashed may never say so.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="pause">The rest between turns; null is a quarter of a second.</param>
internal abstract class Repeating(TimeProvider time, TimeSpan? pause = null) : BackgroundService
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly TimeSpan _pause = pause ?? TimeSpan.FromMilliseconds(250);

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

            await Task.Delay(_pause, time, stoppingToken).ConfigureAwait(false);
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
