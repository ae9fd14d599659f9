using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests;

/// <summary>A host that never answers by itself: its clients give up, or its database goes down under an open
/// transaction.</summary>
public static class Waits
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan s_crash = TimeSpan.FromSeconds(1);
    static readonly RecordedWorkload s_once =
        new([new(100_000_000, 0, new("transaction", Value.Nil, Value.Nil))]);

    public static void Build(ServicesWorld world, string asked, IChecker promise) => world
        .AddHost("waiter", Create)
        .AddDatabase("db")
        .AddFaults([new CrashFault { At = s_crash, For = TimeSpan.FromSeconds(3), Nodes = ["db"] }])
        .Drive(new(() => new Asking(asked), (client, hosts) => new Client(client, hosts))
        {
            Clients = 4,
            RatePerSecond = 20,
            Arrivals = asked == "transaction" ? s_once.Arrivals : Arrivals.PerClient,
            Duration = TimeSpan.FromSeconds(4),
        })
        .Expect(promise);

    static WebApplication Create(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        var givenUp = 0;
        application.MapGet("/wait", async (TimeProvider time, HttpContext http) =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted);
            }
            finally
            {
                givenUp++;
            }
        });
        application.MapGet("/given-up", () => givenUp);
        // The crash comes while the transaction is open.
        application.MapGet("/transaction", async (DbDataSource database, TimeProvider time) =>
        {
            await using var connection = await database.OpenConnectionAsync();
            await using (await connection.BeginTransactionAsync())
                await Task.Delay(s_crash + TimeSpan.FromMilliseconds(200), time);
            return "over";
        });
        return application;
    }

    sealed class Asking(string asked) : IWorkload
    {
        // One client is answered.
        public Invocation Next(in Turn turn) =>
            new(asked == "wait" && turn.Client == 0 ? "given-up" : asked, Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [new("given-up", Value.Nil, Value.Nil)];
    }

    sealed class Client(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var limit = After(invocation.Function == "wait" ? Patience : TimeSpan.FromSeconds(20));
            try
            {
                return Completion.Ok(
                    await Http.GetStringAsync($"http://waiter/{invocation.Function}", limit.Token));
            }
            catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
            {
                return Completion.Info("gave up");
            }
        }
    }

    /// <summary>Whoever gives up is free at once, and the host hears of it.</summary>
    public sealed class HeardOf : IChecker
    {
        public string Name => "heard-of";

        public Verdict Check(History history)
        {
            // Some are never sent: nobody was free while the others waited.
            var waits = history.Operations
                .Where(operation => operation is { Function: "wait", Outcome: Outcome.Info }).ToList();
            var longestNs = Patience.Ticks * 100 + 1_000_000;
            var late = waits.Count(wait => wait.CompletedNs - wait.InvokedNs > longestNs);
            var told = history.Operations.Last(read => read.Function == "given-up").Output.ToString();
            return waits.Count > 10 && late == 0 && told == $"{waits.Count}"
                ? Verdict.Holds(Name, $"{told} were heard of")
                : Verdict.Broken(Name, new Anomaly(
                    "unheard", $"{told} of {waits.Count} were heard of, {late} took too long", [0]));
        }
    }

    /// <summary>A rollback that nobody answers takes no longer than two seconds.</summary>
    public sealed class RollsBackInTime : IChecker
    {
        public string Name => "rolls-back-in-time";

        public Verdict Check(History history)
        {
            var asked = history.Operations.First();
            var took = TimeSpan.FromTicks((asked.CompletedNs - asked.InvokedNs) / 100);
            return asked.Outcome == Outcome.Ok && took.TotalSeconds is > 3 and < 3.5
                ? Verdict.Holds(Name, $"it took {took}")
                : Verdict.Broken(Name, new Anomaly("late", $"{asked} took {took}", [0]));
        }
    }
}

public sealed class ImpatientClients : IServicesScenario
{
    public static void Build(ServicesWorld world)
    {
        Waits.Build(world, "wait", new Waits.HeardOf());
        // Nobody is answered, which is what it is about.
        world.SuccessFloor = 0;
    }
}

public sealed class RollbackToNobody : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Waits.Build(world, "transaction", new Waits.RollsBackInTime());
}
