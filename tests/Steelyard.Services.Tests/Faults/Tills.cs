using System.Data.Common;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Steelyard.Analysis.Effects;
using Steelyard.Services.Faults;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests.Faults;

/// <summary>A service that charges what it is told to, under a key or, wrongly, each time.</summary>
public static class Tills
{
    static readonly TimeSpan s_length = TimeSpan.FromSeconds(3);

    /// <summary>Two of it, and one fault.</summary>
    public static void Build(ServicesWorld world, bool ignoresKeys, Fault fault) => world
        .AddDatabase("till-db")
        .AddHost("till-1", args => Create(args, ignoresKeys))
        .AddHost("till-2", args => Create(args, ignoresKeys))
        .AddFaults(fault)
        .Drive(Drive.Http("charge", op => op.Post($"/charges/{op.Id}").IdempotencyKey().Retry())
            .FinalRows("SELECT id FROM charges") with
        {
            Clients = 5, Duration = s_length,
        })
        .Expect(new ExactlyOnce("charge"));

    /// <summary>One of it that thinks for a while, and whoever asks is patient.</summary>
    public static void BuildSlow(ServicesWorld world, Fault fault) => world
        .AddHost("till-1", CreateSlow)
        .AddFaults(fault)
        .Drive(Drive.Http("ask", op => op.Post("/slow").Patience(TimeSpan.FromSeconds(5))) with
        {
            Clients = 5, Duration = s_length,
        });

    static WebApplication Create(string[] args, bool ignoresKeys)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapPost("/charges/{id}", async (string id, HttpRequest request, DbConnection database) =>
        {
            var key = ignoresKeys ? null : request.Headers["Idempotency-Key"].ToString();
            await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS charges (key TEXT UNIQUE, id TEXT)");
            await database.ExecuteAsync(
                "INSERT INTO charges VALUES (@key, @id) ON CONFLICT DO NOTHING", new { key, id });
        });
        return application;
    }

    static WebApplication CreateSlow(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapPost("/slow", (TimeProvider time) => Task.Delay(TimeSpan.FromMilliseconds(300), time));
        return application;
    }

    internal static StatementCrashFault At(StatementMoment when) => new()
    {
        At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(1), Nodes = ["till-1"],
        Statement = "insert into charges", When = when,
    };
}

/// <summary>Dies between the effect and the answer, and does not know the retry.</summary>
public sealed class ForgetfulTill : IServicesScenario
{
    /// <inheritdoc/>
    public static void Build(ServicesWorld world) =>
        Tills.Build(world, ignoresKeys: true, Tills.At(StatementMoment.After));
}

/// <summary>Dies before the effect.</summary>
public sealed class EarlyDeadTill : IServicesScenario
{
    /// <inheritdoc/>
    public static void Build(ServicesWorld world) =>
        Tills.Build(world, ignoresKeys: true, Tills.At(StatementMoment.Before));
}

/// <summary>Dies between the effect and the answer, and knows the retry.</summary>
public sealed class MindfulTill : IServicesScenario
{
    /// <inheritdoc/>
    public static void Build(ServicesWorld world) =>
        Tills.Build(world, ignoresKeys: false, Tills.At(StatementMoment.After));
}

/// <summary>Its process is killed.</summary>
public sealed class KilledTill : IServicesScenario
{
    /// <inheritdoc/>
    public static void Build(ServicesWorld world) => Tills.BuildSlow(world, new KillFault
    {
        At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(1), Nodes = ["till-1"],
    });
}

/// <summary>Its machine crashes.</summary>
public sealed class CrashedTill : IServicesScenario
{
    /// <inheritdoc/>
    public static void Build(ServicesWorld world) => Tills.BuildSlow(world, new CrashFault
    {
        At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(1), Nodes = ["till-1"],
    });
}
