using System.Data.Common;
using Dapper;
using Npgsql;

namespace Bakery;

/// <summary>An ordinary service: it knows nothing of the world it will be tested in.</summary>
public static class Program
{
    /// <summary>Runs it, on PostgreSQL.</summary>
    public static void Main(string[] args) => CreateApp(args).Run();

    /// <summary>The application. <c>--Careless=true</c> lets a retry bake another loaf.</summary>
    public static WebApplication CreateApp(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var bakery = builder.Configuration.GetConnectionString("Bakery") ?? "Host=localhost;Database=bakery";
        builder.Services.AddScoped<DbConnection>(_ => new NpgsqlConnection(bakery));
        var application = builder.Build();
        var isCareless = application.Configuration.GetValue<bool>("Careless");
        application.MapPost("/loaves", async (Loaf loaf, HttpRequest request, DbConnection database) =>
        {
            var key = isCareless ? null : request.Headers["Idempotency-Key"].ToString();
            await database.OpenAsync();
            await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS loaves (key TEXT UNIQUE, id TEXT)");
            await database.ExecuteAsync(
                "INSERT INTO loaves VALUES (@key, @id) ON CONFLICT (key) DO NOTHING",
                new { key, id = loaf.Id });
            return Results.Created($"/loaves/{loaf.Id}", loaf);
        });
        return application;
    }
}

/// <summary>What somebody wants baked.</summary>
public sealed record Loaf(string Id);
