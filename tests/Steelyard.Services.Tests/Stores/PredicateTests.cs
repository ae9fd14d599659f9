using Steelyard.Services.Stores;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Tests.Stores;

/// <summary>Random clients that look at a range: who finds nobody on call puts itself there, who finds
/// somebody takes them off. One after the other, there is never more than one.</summary>
public sealed class PredicateTests
{
    const int Seeds = 100;
    const int Steps = 400;

    [Fact]
    public void Serializable_transactions_never_put_two_on_call() => Assert.All(
        Enumerable.Range(1, Seeds),
        seed => Assert.Equal(1, MostOnCall(StoreIsolation.Serializable, (ulong)seed)));

    [Theory]
    [InlineData(StoreIsolation.Snapshot), InlineData(StoreIsolation.ReadCommitted)]
    public void Others_do_for_some_seed(StoreIsolation isolation) => Assert.Contains(
        Enumerable.Range(1, Seeds), seed => MostOnCall(isolation, (ulong)seed) > 1);

    static int MostOnCall(StoreIsolation isolation, ulong seed)
    {
        var random = new SeededRandom(new Seed(seed), "test");
        var table = EngineTable.With(isolation, "unrelated");
        var clients = new EngineTable.Session?[4];
        var most = 0;
        for (var step = 0; step < Steps; step++)
        {
            var client = random.Next(clients.Length);
            if (clients[client] is not { } session)
            {
                clients[client] = Change(table.Begin(), client);
                continue;
            }

            clients[client] = null;
            if (session.Transaction.Waiting is null && session.Commit() == StoreError.None)
                most = Math.Max(most, NowOnCall(table));
            else
                session.Rollback();
        }

        return most;
    }

    static EngineTable.Session Change(EngineTable.Session session, int client)
    {
        var found = OnCall(session);
        if (found.Length == 0)
            _ = session.Put($"call-{client}", "here");
        foreach (var other in found)
            _ = session.Put(other.Split('=')[0], null);
        return session;
    }

    static int NowOnCall(EngineTable table)
    {
        var reader = table.Begin();
        var found = OnCall(reader).Length;
        reader.Rollback();
        return found;
    }

    static string[] OnCall(EngineTable.Session session) =>
        session.Scan("call-").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
