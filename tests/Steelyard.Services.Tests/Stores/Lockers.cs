using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Services.Stores;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests.Stores;

/// <summary>Clients that lock two of a few keys, in any order, with a pause between; and some that lock one
/// and are not heard of for a long time.</summary>
public sealed class Lockers : IServicesScenario
{
    static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    public static void Build(ServicesWorld world) => world
        .AddStore(
            "accounts",
            new()
            {
                Isolation = StoreIsolation.ReadCommitted,
                LockTimeout = TimeSpan.FromMilliseconds(400),
                IdleTimeout = s_idle,
            })
        .Drive(new(() => new Pairs(), (client, hosts) => new Locker(client, hosts))
        {
            Clients = 12,
            RatePerSecond = 40,
            Duration = TimeSpan.FromSeconds(8),
        })
        .Expect(new AllKinds());

    sealed class Pairs : IWorkload
    {
        public Invocation Next(in Turn turn)
        {
            var first = turn.Random.Next(6);
            var second = (first + turn.Random.Next(1, 6)) % 6;
            var function = turn.Random.Chance(0.02) ? "sleep" : "lock";
            return new(function, Value.Nil, Value.List($"k{first}", $"k{second}"));
        }

        public IEnumerable<Invocation> FinalReads(Turn turn) =>
            [new("lock", Value.Nil, Value.List("k0", "k1"))];
    }

    sealed class Locker(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            var keys = invocation.Input.AsList.ToArray();
            var pause = invocation.Function == "sleep" ? 2 * s_idle : TimeSpan.FromMilliseconds(30);
            try
            {
                await using var transaction = await Store("accounts").BeginAsync();
                await transaction.GetForUpdateAsync(keys[0].AsText);
                await Task.Delay(pause, World.Clock);
                await transaction.PutAsync(keys[1].AsText, "held");
                await transaction.CommitAsync();
                return Completion.Ok(Value.Nil);
            }
            catch (StoreException refused)
            {
                return Completion.Fail(refused.Error.ToString());
            }
        }
    }

    /// <summary>Locks are refused for each reason that there is, sleepers always, and the others go
    /// on.</summary>
    sealed class AllKinds : IChecker
    {
        public string Name => "all-kinds";

        public Verdict Check(History history)
        {
            var kinds = history.Operations
                .Select(operation => $"{operation.Function} {operation.Error ?? "Ok"}")
                .Distinct().Order(StringComparer.Ordinal).ToList();
            string[] expected = ["lock Deadlock", "lock LockTimeout", "lock Ok", "sleep Unavailable"];
            var oks = history.Operations.Count(operation => operation.Outcome == Outcome.Ok);
            var told = $"{string.Join(", ", kinds)}; {oks} committed";
            return expected.All(kinds.Contains) && !kinds.Contains("sleep Ok") && oks > 100
                ? Verdict.Holds(Name, told)
                : Verdict.Broken(Name, new Anomaly("kinds", told, [0]));
        }
    }
}
