using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;

namespace WellKnownFaults;

/// <summary>Prices, read through a cache that all hosts share.</summary>
/// <remarks>Wrong: who missed puts into the cache what it read before another one changed the price and
/// removed it there: the old price stays. Mended: what is cached is named by the row's version, so an old one
/// is never asked for.</remarks>
public static class StaleCacheFill
{
    public static WebApplication CreateApp(string[] args) => Create(
        args,
        async (article, prices, cache) =>
        {
            if (await cache.GetStringAsync(article) is { } cached)
                return int.Parse(cached, CultureInfo.InvariantCulture);
            var cents = await prices.All.Where(row => row.Article == article)
                .Select(row => row.Cents).SingleOrDefaultAsync();
            await cache.SetStringAsync(article, cents.ToString(CultureInfo.InvariantCulture));
            return cents;
        },
        (article, cache) => cache.RemoveAsync(article));

    public static WebApplication CreateMended(string[] args) => Create(
        args,
        async (article, prices, cache) =>
        {
            var version = await prices.All.Where(row => row.Article == article)
                .Select(row => (int?)row.Version).SingleOrDefaultAsync();
            if (version is null)
                return 0;
            if (await cache.GetStringAsync($"{article}:{version}") is { } cached)
                return int.Parse(cached, CultureInfo.InvariantCulture);
            var row = await prices.All.AsNoTracking().SingleAsync(row => row.Article == article);
            await cache.SetStringAsync(
                $"{article}:{row.Version}", row.Cents.ToString(CultureInfo.InvariantCulture));
            return row.Cents;
        },
        (_, _) => Task.CompletedTask);

    static WebApplication Create(
        string[] args, Func<string, Prices, IDistributedCache, Task<int>> read,
        Func<string, IDistributedCache, Task> forget)
    {
        var application = DatabaseSetup.WithDatabase<Prices>(args).Build();
        application.MapGet("/prices/{article}", (string article, Prices prices, IDistributedCache cache) =>
            read(article, prices, cache));
        application.MapPut("/prices/{article}", async (
            string article, NewPrice price, Prices prices, IDistributedCache cache) =>
        {
            await prices.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "All" ("Article", "Cents", "Version") VALUES ({article}, {price.Cents}, 1)
                ON CONFLICT ("Article") DO UPDATE
                SET "Cents" = excluded."Cents", "Version" = "All"."Version" + 1
                """);
            await forget(article, cache);
        });
        return application;
    }

    public sealed record NewPrice(int Cents);

    sealed class Price
    {
        [Key]
        public required string Article { get; init; }

        public int Cents { get; init; }

        public int Version { get; init; }
    }

    sealed class Prices(DbContextOptions<Prices> options) : DbContext(options)
    {
        public DbSet<Price> All => Set<Price>();
    }
}
