using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WellKnownFaults;

/// <summary>Makes the tables before the first request; of several hosts that begin at once, one
/// does.</summary>
sealed class TablesAtStart<T>(IServiceScopeFactory scopes) : IHostedService
    where T : DbContext
{
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                await scope.ServiceProvider.GetRequiredService<T>()
                    .Database.EnsureCreatedAsync(cancellationToken);
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
            {
                await Task.Delay(s_pause, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
