using Microsoft.AspNetCore.Builder;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests;

/// <summary>A slow host that is asked what stands in a list, or what comes to a pool of clients.</summary>
internal static class Lists
{
    static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(200);

    public static ServicesWorld Asked(
        this ServicesWorld world, Func<ServicesLoad, ServicesLoad> change) => world
        .AddHost("slow", Create)
        .Drive(change(new(() => new Questions(), (client, hosts) => new Client(client, hosts))
        {
            Clients = 2,
            RatePerSecond = 40,
            Duration = TimeSpan.FromSeconds(2),
        }));

    static WebApplication Create(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapGet("/ask", async (TimeProvider time) =>
        {
            await Task.Delay(s_slow, time);
            return "answered";
        });
        return application;
    }

    sealed class Questions : IWorkload
    {
        public Invocation Next(in Turn turn) => new("ask", Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Client(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation) =>
            Completion.Ok(await Http.GetStringAsync("http://slow/ask"));
    }
}

public sealed class Listed : IServicesScenario
{
    public static readonly RecordedWorkload Questions = new(
        [At(300, 0, 1), At(400, 0, 2), At(400, 1, 3), At(1_000, 1, 4)], [At(0, 1, 5)]);

    public static void Build(ServicesWorld world) => world
        .Asked(load => load with
        {
            CreateWorkload = Questions.CreateWorkload, Arrivals = Questions.Arrivals,
        })
        .Expect(new AsListed());

    static RecordedOperation At(int ms, int client, int number) =>
        new(ms * 1_000_000L, client, new("ask", Value.Nil, number));

    sealed class AsListed : IChecker
    {
        public string Name => "as-listed";

        public Verdict Check(History history)
        {
            var found = history.Operations.OrderBy(asked => asked.Input.AsInteger).ToList();
            var expected = Questions.Operations.Concat(Questions.FinalReads).ToList();
            var isRight = found.Count == expected.Count && found.Zip(expected).All(pair =>
                pair.First.Process == pair.Second.Client
                && pair.First.Input == pair.Second.Invocation.Input
                && pair.First.Outcome == Outcome.Ok
                && (!pair.First.IsRequest || pair.First.IntendedNs == pair.Second.DueNs));
            return isRight
                ? Verdict.Holds(Name, "all was asked as the list says")
                : Verdict.Broken(Name, new Anomaly("other", string.Join("; ", found), []));
        }
    }
}

public sealed class OneByOne : IServicesScenario
{
    public static void Build(ServicesWorld world) => world.Asked(load => load).Expect(new AtItsDueTime());
}

public sealed class Pooled : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .Asked(load => load with { Arrivals = new PooledArrivals(60) })
        .Expect(new AtItsDueTime());
}

public sealed class AtItsDueTime : IChecker
{
    public string Name => "at-its-due-time";

    public Verdict Check(History history)
    {
        var late = history.Operations.Where(asked => asked.InvokedNs > asked.IntendedNs).ToList();
        return late.Count > 0
            ? Verdict.Broken(Name, new Anomaly("late", $"{late[0]} waited for its client", [late[0].Index]))
            : Verdict.Holds(Name, $"{history.Count} requests were sent when they were due");
    }
}
