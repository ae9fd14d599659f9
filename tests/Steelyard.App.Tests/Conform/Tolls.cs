using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Steelyard.Services.Scenarios;

namespace Steelyard.App.Tests.Conform;

/// <summary>An ordinary service that takes a toll once for each key, and lists nowhere whose.</summary>
public class Tolls : IServicesScenario
{
    /// <inheritdoc/>
    public static void Build(ServicesWorld world) => Build(world, "@key");

    /// <summary>The same with another key in the table.</summary>
    protected static void Build(ServicesWorld world, string key) => world
        .AddDatabase("tolls-db")
        .AddHost("tolls-1", args => Create(args, key))
        .AddHost("tolls-2", args => Create(args, key))
        .Drive(Drive.Http("toll", op => op.Post("/tolls").Json(new Toll(op.Guid)).IdempotencyKey().Retry())
            .FinalRows("SELECT car FROM tolls"))
        .Expect(new Analysis.Effects.ExactlyOnce("toll"));

    static WebApplication Create(string[] args, string key)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapPost("/tolls", async (Toll toll, HttpRequest request, DbConnection database) =>
        {
            await database.OpenAsync();
            await using var insert = database.CreateCommand();
            insert.CommandText = "CREATE TABLE IF NOT EXISTS tolls (key TEXT UNIQUE, car TEXT);"
                + $"INSERT INTO tolls VALUES ({key}, @car) ON CONFLICT DO NOTHING";
            foreach (var (name, value) in new[]
                { ("key", request.Headers["Idempotency-Key"].ToString()), ("car", $"{toll.Car}") })
            {
                var parameter = insert.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                insert.Parameters.Add(parameter);
            }

            await insert.ExecuteNonQueryAsync();
            return Results.Created($"/tolls/{toll.Car}", toll);
        });
        return application;
    }
}

/// <summary>A toll, and whose.</summary>
public sealed record Toll(Guid Car);

/// <summary>The same, which takes no heed of keys.</summary>
public sealed class TollsWithoutKeys : Tolls, IServicesScenario
{
    /// <inheritdoc/>
    public static new void Build(ServicesWorld world) => Build(world, "NULL");
}
