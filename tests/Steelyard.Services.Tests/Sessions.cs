using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Databases;
using Steelyard.Services.Networking;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests;

/// <summary>A host that tells how its sessions with a database went.</summary>
public static class Sessions
{
    const string Schema = "PRAGMA foreign_keys = ON;"
        + "CREATE TABLE parents (id INTEGER PRIMARY KEY);"
        + "CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)";

    public static void Build(ServicesWorld world, string asked, string expected) => world
        .AddHost("teller", Create)
        .AddDatabase("db")
        .Drive(new(() => new Asking(asked), (client, hosts) => new Client(client, hosts))
        {
            Clients = 1,
            Arrivals = Arrivals.None,
            Duration = TimeSpan.FromSeconds(1),
        })
        .Expect(new Told(asked, expected));

    static WebApplication Create(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapGet("/refused", Refused);
        application.MapGet("/lost", Lost);
        application.MapGet("/kept", Kept);
        application.MapGet("/failing", Failing);
        return application;
    }

    // A constraint that is looked at last refuses the commit; the transaction is open still.
    static async Task<string> Refused(DbDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await Execute(connection, Schema);
        await using (var orphan = await connection.BeginTransactionAsync())
        {
            await Execute(connection, "INSERT INTO children VALUES (7)");
            await Assert.ThrowsAsync<WorldDbException>(() => orphan.CommitAsync());
            await orphan.RollbackAsync();
        }

        await using var good = await connection.BeginTransactionAsync();
        await Execute(connection, "INSERT INTO parents VALUES (7); INSERT INTO children VALUES (7)");
        await good.CommitAsync();
        return "rolled back";
    }

    static async Task<string> Lost(DbDataSource database, TimeProvider time)
    {
        await using var connection = database.CreateConnection();
        await connection.OpenAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromTicks(1), time);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(soon.Token));
        var before = connection.State;
        await connection.CloseAsync();
        var after = connection.State;
        await connection.OpenAsync();
        return $"{before} {after} {connection.State}";
    }

    // A token that lives as long as its host must not keep what was opened with it.
    static async Task<string> Kept(HostNetwork network, TimeProvider time)
    {
        using var lasting = new CancellationTokenSource();
        var opened = new List<WeakReference>();
        for (var i = 0; i < 5; i++)
            opened.Add(await OpenAndClose(network, lasting.Token));
        await Task.Delay(TimeSpan.FromSeconds(5), time);
        GC.Collect();
        var kept = opened.Count(connection => connection.IsAlive);
        await lasting.CancelAsync();
        return $"kept {(kept > 1 ? "many" : "none")}";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<WeakReference> OpenAndClose(HostNetwork network, CancellationToken cancellation)
    {
        var connection = await network.Stack.Connect(
            network.Names.Resolve("db"), DatabaseNode.Port, cancellation);
        connection.Close();
        return new(connection);
    }

    static async Task<string> Failing(HostNetwork network)
    {
        FrameServer.Listen(network.Stack, 9999, () => new FailingSession());
        using var link = await FrameLink.Open(network, "teller", 9999, CancellationToken.None);
        await Assert.ThrowsAnyAsync<IOException>(() =>
            link.Exchange(Frames.Of(writer => writer.Write(1)), CancellationToken.None));
        return "nothing was noticed";
    }

    static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    sealed class FailingSession : IFrameSession
    {
        public TimeSpan? Patience => null;

        public Task<byte[]> Answer(byte[] request) => throw new InvalidOperationException("it is wrong here");

        public void End()
        {
        }
    }

    sealed class Asking(string asked) : IWorkload
    {
        public Invocation Next(in Turn turn) => throw new InvalidOperationException("nothing arrives");

        public IEnumerable<Invocation> FinalReads(Turn turn) => [new(asked, Value.Nil, Value.Nil)];
    }

    sealed class Client(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            if (invocation.Function == "store")
                return Completion.Ok(Assert.Throws<UserMistakeException>(() => Store("acounts")).Message);
            using var limit = After(TimeSpan.FromSeconds(20));
            using var answer = await Http.GetAsync($"http://teller/{invocation.Function}", limit.Token);
            return answer.IsSuccessStatusCode
                ? Completion.Ok(await answer.Content.ReadAsStringAsync(limit.Token))
                : Completion.Info("it failed");
        }
    }

    sealed class Told(string asked, string expected) : IChecker
    {
        public string Name => "told";

        public Verdict Check(History history)
        {
            var told = history.Operations.Last(operation => operation.Function == asked);
            return told.Output.ToString() == expected
                ? Verdict.Holds(Name, expected)
                : Verdict.Broken(Name, new Anomaly("other", $"{told}", [told.Index]));
        }
    }
}

public sealed class RefusedCommit : IServicesScenario
{
    public static void Build(ServicesWorld world) => Sessions.Build(world, "refused", "rolled back");
}

public sealed class LostConnection : IServicesScenario
{
    public static void Build(ServicesWorld world) => Sessions.Build(world, "lost", "Broken Closed Open");
}

public sealed class LastingToken : IServicesScenario
{
    public static void Build(ServicesWorld world) => Sessions.Build(world, "kept", "kept none");
}

public sealed class SessionThatFails : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Sessions.Build(world, "failing", "nothing was noticed");
}

public sealed class UnknownStore : IServicesScenario
{
    public static void Build(ServicesWorld world) => Sessions.Build(
        world, "store", "expected a store that AddStore added, found \"acounts\"");
}
