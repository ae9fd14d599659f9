using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Services.Stores;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests.Stores;

/// <summary>Two hosts that add to a counter in a store, read and then written, and take no lock for
/// it.</summary>
public class Accounts : IServicesScenario
{
    public static void Build(ServicesWorld world) => Build(world, StoreIsolation.Snapshot);

    protected static void Build(ServicesWorld world, StoreIsolation isolation)
    {
        world.AddHost("adder-1", Create)
            .AddHost("adder-2", Create)
            .AddStore("accounts", new() { Replicas = 2, Isolation = isolation })
            .AddStore("other")
            .Faults(FaultPalette.All)
            .Drive(new(() => new Adding(), (client, hosts) => new Asking(client, hosts)))
            .Expect(new CounterBounds(), new OnlyReads());
    }

    static WebApplication Create(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapPost("/add", async (IWorldStore store, HttpContext request) =>
        {
            try
            {
                await using var transaction =
                    await store.BeginAsync(cancellationToken: request.RequestAborted);
                var total = await transaction.GetAsync("total", request.RequestAborted) ?? "0";
                var more = int.Parse(total, CultureInfo.InvariantCulture) + 1;
                await transaction.PutAsync(
                    "total", more.ToString(CultureInfo.InvariantCulture), request.RequestAborted);
                await transaction.CommitAsync(request.RequestAborted);
                return Results.NoContent();
            }
            catch (StoreException refused)
            {
                return Results.StatusCode(refused.IsRetryable ? 409 : 500);
            }
        });
        application.MapGet("/total", async (IWorldStore store, HttpContext request) =>
        {
            await using var transaction = await store.BeginAsync(cancellationToken: request.RequestAborted);
            var total = await transaction.GetAsync("total", request.RequestAborted) ?? "0";
            await transaction.CommitAsync(request.RequestAborted);
            return total;
        });
        application.MapGet("/copy", Copy);
        return application;
    }

    // What the last host has, and what it says when it is written to.
    static async Task<string> Copy([FromKeyedServices("accounts")] IWorldStore store, HttpContext request)
    {
        await using var transaction = await store.BeginOnHostAsync(3, request.RequestAborted);
        var total = await transaction.GetAsync("total", request.RequestAborted) ?? "0";
        try
        {
            await transaction.PutAsync("total", "1000000", request.RequestAborted);
            return "written";
        }
        catch (StoreException refused)
        {
            return $"{refused.Error} {total}";
        }
    }

    sealed class Adding : IWorkload
    {
        public Invocation Next(in Turn turn) => turn.Random.Chance(0.8) ? new("add", Value.Nil, 1) : Read;

        public IEnumerable<Invocation> FinalReads(Turn turn) =>
            turn.Client == 0 ? [Read, new("copy", Value.Nil, Value.Nil)] : [Read];

        static Invocation Read => new(Functions.Read, Value.Nil, Value.Nil);
    }

    sealed class Asking(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var limit = After(TimeSpan.FromSeconds(3));
            var host = Hosts[World.Process % 2];
            try
            {
                if (invocation.Function == "copy")
                    return Completion.Ok(await Http.GetStringAsync($"http://{host}/copy", limit.Token));
                if (invocation.Function == Functions.Read)
                {
                    var total = await Http.GetStringAsync($"http://{host}/total", limit.Token);
                    return Completion.Ok(long.Parse(total, CultureInfo.InvariantCulture));
                }

                using var answer = await Http.PostAsync($"http://{host}/add", null, limit.Token);
                return answer.IsSuccessStatusCode ? Completion.Ok(Value.Nil)
                    : (int)answer.StatusCode == 409 ? Completion.Fail("refused")
                    : Completion.Info("unknown");
            }
            catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
            {
                return Completion.Info("no answer");
            }
        }
    }

    /// <summary>A copy is refused to be written, and has all there is once everything has settled.</summary>
    sealed class OnlyReads : IChecker
    {
        public string Name => "only-reads";

        public Verdict Check(History history)
        {
            var copy = history.Operations.Last(operation => operation.Function == "copy");
            var total = history.Operations
                .Last(operation => operation is { Function: Functions.Read, Outcome: Outcome.Ok }).Output;
            return copy.Output.ToString() == $"ReadOnly {total}"
                ? Verdict.Holds(Name, copy.Output.ToString())
                : Verdict.Broken(Name, new Anomaly("written", $"{copy.Output}, not {total}", [copy.Index]));
        }
    }
}

/// <summary>The same, where a value that was read may have changed when it is written.</summary>
public sealed class LooseAccounts : Accounts, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, StoreIsolation.ReadCommitted);
}
