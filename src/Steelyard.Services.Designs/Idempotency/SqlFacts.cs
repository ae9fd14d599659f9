using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Steelyard.Services.Databases;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Idempotency;

/// <summary>A host that tries on the sample's own database what the cases say of databases.</summary>
internal static class SqlFacts
{
    /// <summary>Its name.</summary>
    public const string Host = "sql-facts";

    /// <summary>Makes it.</summary>
    public static WebApplication Create(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapPost("/{fact}", async (string fact, DbDataSource database, HttpContext http) =>
        {
            var cancellation = http.RequestAborted;
            await using var connection =
                await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            return fact switch
            {
                "client-made" => await ClientMade(connection, cancellation).ConfigureAwait(false),
                "server-made" => await ServerMade(connection, cancellation).ConfigureAwait(false),
                _ => await Bumped(connection, cancellation).ConfigureAwait(false),
            };
        });
        return application;
    }

    /// <summary>Case 23.</summary>
    public static Task<CaseResult> ClientMadeId(Probe probe) =>
        Ask(probe, "client-made", "the second violates the constraint, 1 row");

    /// <summary>Case 24.</summary>
    public static Task<CaseResult> ServerMadeId(Probe probe) => Ask(probe, "server-made", "2 rows");

    /// <summary>Case 26.</summary>
    public static Task<CaseResult> VersionBumped(Probe probe) =>
        Ask(probe, "bumped", "the first changes 1 row, the second 0");

    static async Task<CaseResult> Ask(Probe probe, string fact, string expected)
    {
        var reply = await probe.Put(new($"http://{Host}/{fact}"));
        return probe.Judge(reply.Body == expected, $"on the sample's database: {reply.Body}");
    }

    static async Task<string> ClientMade(DbConnection connection, CancellationToken cancellation)
    {
        const string Insert = "INSERT INTO client_made VALUES ('p1')";
        await connection.Execute("CREATE TABLE client_made (id TEXT PRIMARY KEY)", cancellation)
            .ConfigureAwait(false);
        await connection.Execute(Insert, cancellation).ConfigureAwait(false);
        var second = "the second is taken";
        try
        {
            await connection.Execute(Insert, cancellation).ConfigureAwait(false);
        }
        catch (WorldDbException refused) when (refused.IsUniqueViolation)
        {
            second = "the second violates the constraint";
        }

        var rows = await connection.Scalar("SELECT COUNT(*) FROM client_made", cancellation)
            .ConfigureAwait(false);
        return $"{second}, {rows} row";
    }

    static async Task<string> ServerMade(DbConnection connection, CancellationToken cancellation)
    {
        const string Insert = "INSERT INTO server_made (wish) VALUES ('p1')";
        await connection.Execute(
            "CREATE TABLE server_made (id INTEGER PRIMARY KEY, wish TEXT)", cancellation)
            .ConfigureAwait(false);
        await connection.Execute(Insert, cancellation).ConfigureAwait(false);
        await connection.Execute(Insert, cancellation).ConfigureAwait(false);
        var rows = await connection.Scalar("SELECT COUNT(*) FROM server_made", cancellation)
            .ConfigureAwait(false);
        return $"{rows} rows";
    }

    static async Task<string> Bumped(DbConnection connection, CancellationToken cancellation)
    {
        const string Update = "UPDATE bumped SET balance = 50, version = 6 WHERE id = 1 AND version = 5";
        await connection.Execute(
            "CREATE TABLE bumped (id INTEGER, balance INTEGER, version INTEGER);"
            + "INSERT INTO bumped VALUES (1, 100, 5)",
            cancellation).ConfigureAwait(false);
        var first = await connection.Execute(Update, cancellation).ConfigureAwait(false);
        var second = await connection.Execute(Update, cancellation).ConfigureAwait(false);
        return $"the first changes {first} row, the second {second}";
    }
}
