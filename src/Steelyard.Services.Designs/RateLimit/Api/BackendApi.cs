using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.RateLimit.Api;

/// <summary>What does the work: one thing after the other, 80 a second. What was asked is done, also where
/// nobody waits for it any more; so whoever asks faster than it works has all of its work done for
/// nothing. A price list is as much work as four requests.</summary>
internal static class BackendApi
{
    static readonly TimeSpan Cost = TimeSpan.FromMilliseconds(12.5);
    static readonly TimeSpan CostOfPrices = 4 * Cost;

    /// <summary>Makes the application.</summary>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<Processor>().AddSingleton<Editions>();
        var application = builder.Build();
        application.MapGet("/work", (Processor processor) => processor.Work(Cost));
        application.MapGet("/prices", async (Processor processor, Editions editions) =>
        {
            await processor.Work(CostOfPrices).ConfigureAwait(false);
            return editions.Next();
        });
        return application;
    }

    // Counted on from the time of its start, so that no life of the backend gives a number again.
    internal sealed class Editions(TimeProvider time)
    {
        long _last = time.GetUtcNow().Ticks;

        public long Next() => Interlocked.Increment(ref _last);
    }
}
