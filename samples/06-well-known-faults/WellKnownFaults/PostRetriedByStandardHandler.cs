using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Http.Resilience;

namespace WellKnownFaults;

/// <summary>A checkout that charges at a bank, with the standard resilience handler in between.</summary>
/// <remarks>Wrong: the handler sends a POST again whose answer was lost, and the bank charges twice. Mended:
/// it repeats only what is safe to repeat (<c>DisableForUnsafeHttpMethods</c>), and who asked learns that the
/// outcome is unknown.</remarks>
public static class PostRetriedByStandardHandler
{
    public static WebApplication CreateCheckout(string[] args) => Checkout(args, _ => { });

    public static WebApplication CreateMendedCheckout(string[] args) =>
        Checkout(args, options => options.Retry.DisableForUnsafeHttpMethods());

    public static WebApplication CreateBank(string[] args)
    {
        var application = DatabaseSetup.WithDatabase<Charges>(args).Build();
        application.MapPost("/charges", async (Charge charge, Charges charges) =>
        {
            charges.Add(charge);
            await charges.SaveChangesAsync();
        });
        application.MapGet("/charges", (Charges charges) =>
            charges.All.OrderBy(charge => charge.Id).Select(charge => charge.Reference).ToListAsync());
        return application;
    }

    static WebApplication Checkout(string[] args, Action<HttpStandardResilienceOptions> configure)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHttpClient("bank", client => client.BaseAddress = new("http://bank"))
            .AddStandardResilienceHandler(configure);
        var application = builder.Build();
        application.MapPost("/checkout", async (Charge charge, IHttpClientFactory clients) =>
        {
            using var answer = await clients.CreateClient("bank").PostAsJsonAsync("/charges", charge);
            return answer.IsSuccessStatusCode ? Results.Ok() : Results.StatusCode(502);
        });
        return application;
    }

    public sealed class Charge
    {
        public int Id { get; init; }

        public required string Reference { get; init; }
    }

    sealed class Charges(DbContextOptions<Charges> options) : DbContext(options)
    {
        public DbSet<Charge> All => Set<Charge>();
    }
}
