using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace WellKnownFaults;

/// <summary>A cart, to which articles are added from several tabs.</summary>
/// <remarks>Wrong: it is read, changed and written, and what another one wrote in between is gone. Mended:
/// the row has a version (<c>xmin</c>), and who finds another one begins anew.</remarks>
public static class LostUpdate
{
    public static WebApplication CreateApp(string[] args) => Create<Carts>(args);

    public static WebApplication CreateMended(string[] args) => Create<VersionedCarts>(args);

    static WebApplication Create<T>(string[] args)
        where T : Carts
    {
        var application = DatabaseSetup.WithDatabase<Carts, T>(args).Build();
        application.MapPost("/carts/{name}", async (string name, Added added, Carts carts) =>
        {
            while (true)
            {
                try
                {
                    await Add(carts, name, added.Article);
                    return;
                }
                catch (DbUpdateException failure)
                    when (failure is DbUpdateConcurrencyException || failure.IsDuplicate())
                {
                    carts.ChangeTracker.Clear();
                }
            }
        });
        application.MapGet("/carts", async (Carts carts) =>
            (await carts.All.ToListAsync()).SelectMany(cart => cart.Articles));
        return application;
    }

    static async Task Add(Carts carts, string name, string article)
    {
        var cart = await carts.All.FindAsync(name);
        if (cart is null)
            carts.Add(cart = new() { Name = name });
        if (!cart.Articles.Contains(article))
            cart.Articles.Add(article);
        await carts.SaveChangesAsync();
    }

    public sealed record Added(string Article);

    class Carts(DbContextOptions options) : DbContext(options)
    {
        public DbSet<Cart> All => Set<Cart>();
    }

    sealed class VersionedCarts(DbContextOptions<VersionedCarts> options) : Carts(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Cart>().Property<uint>("Version").IsRowVersion();
    }

    sealed class Cart
    {
        [Key]
        public required string Name { get; init; }

        public List<string> Articles { get; init; } = [];
    }
}
