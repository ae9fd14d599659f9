using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace WellKnownFaults;

/// <summary>Stock of an article, which is counted up and down.</summary>
/// <remarks>Wrong: it is read, changed and written, and what another one wrote in between is gone. Mended:
/// the row has a version (<c>xmin</c>), and who finds another one begins anew.</remarks>
public static class LostUpdate
{
    public static WebApplication CreateApp(string[] args) => Create<Stock>(args);

    public static WebApplication CreateMended(string[] args) => Create<VersionedStock>(args);

    static WebApplication Create<T>(string[] args)
        where T : Stock
    {
        var application = DatabaseSetup.WithDatabase<Stock, T>(args).Build();
        application.MapPost("/stock/{article}", async (string article, Change change, Stock stock) =>
        {
            while (true)
            {
                try
                {
                    await Apply(stock, article, change.Pieces);
                    return;
                }
                catch (DbUpdateException failure)
                    when (failure is DbUpdateConcurrencyException || failure.IsDuplicate())
                {
                    stock.ChangeTracker.Clear();
                }
            }
        });
        application.MapGet("/stock/{article}", (string article, Stock stock) =>
            stock.Articles.Where(row => row.Name == article).SumAsync(row => row.Pieces));
        return application;
    }

    static async Task Apply(Stock stock, string article, int pieces)
    {
        var row = await stock.Articles.FindAsync(article);
        if (row is null)
            stock.Add(row = new() { Name = article });
        row.Pieces += pieces;
        await stock.SaveChangesAsync();
    }

    public sealed record Change(int Pieces);

    class Stock(DbContextOptions options) : DbContext(options)
    {
        public DbSet<Article> Articles => Set<Article>();
    }

    sealed class VersionedStock(DbContextOptions options) : Stock(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Article>().Property<uint>("Version").IsRowVersion();
    }

    sealed class Article
    {
        [Key]
        public required string Name { get; init; }

        public int Pieces { get; set; }
    }
}
