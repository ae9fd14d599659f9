using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests;

/// <summary>A host that takes its time over each request and says which version it is; at 2 s something
/// happens to it.</summary>
public static class Shops
{
    public const string Host = "shop";
    static readonly TimeSpan s_when = TimeSpan.FromSeconds(2);

    public static DrainFault Drain { get; } =
        new() { At = s_when, For = TimeSpan.FromSeconds(1), Nodes = [Host], Version = 2 };

    public static void Build(ServicesWorld world, Fault happens, IChecker promise, string allowed = "30") =>
        world
            .AddHost(Host, [args => Create(args, 1, allowed), args => Create(args, 2, allowed)])
            .AddFaults([happens])
            .Drive(new(() => new Visits(), (client, hosts) => new Visitor(client, hosts))
            {
                Clients = 60,
                RatePerSecond = 40,
                Duration = TimeSpan.FromSeconds(5),
            })
            .Expect(promise);

    static WebApplication Create(string[] args, int version, string allowed)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout =
            TimeSpan.FromMilliseconds(double.Parse(allowed) * 1000));
        var application = builder.Build();
        application.MapGet("/", async (TimeProvider time, HttpContext http) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(400), time, http.RequestAborted);
            return $"{version}";
        });
        return application;
    }

    sealed class Visits : IWorkload
    {
        public Invocation Next(in Turn turn) => new("visit", Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [new("visit", Value.Nil, Value.Nil)];
    }

    sealed class Visitor(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var limit = After(TimeSpan.FromSeconds(1));
            try
            {
                return Completion.Ok(await Http.GetStringAsync($"http://{Host}/", limit.Token));
            }
            catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
            {
                return Completion.Info("no answer");
            }
        }
    }

    /// <summary>What was under way when it happened ends well, and what came later is of version 2.</summary>
    public sealed class FinishesWhatIsOpen : IChecker
    {
        // What was sent and had not arrived yet was not open at the host.
        const long OnTheWayNs = 20_000_000;

        public string Name => "finishes-what-is-open";

        public Verdict Check(History history)
        {
            var whenNs = s_when.Ticks * 100;
            var open = history.Operations
                .Where(visit => visit.InvokedNs + OnTheWayNs < whenNs && visit.CompletedNs > whenNs)
                .ToList();
            if (open.Count < 5)
                return Verdict.Undecided(Name, $"only {open.Count} were open");
            foreach (var visit in open)
                if (visit.Outcome != Outcome.Ok)
                    return Verdict.Broken(
                        Name, new Anomaly("cut-off", "it was cut off in the middle", [visit.Index]));
            return Verdict.Holds(Name, $"{open.Count} were open");
        }
    }

    /// <summary>Before the stop it is one version, at the end the next; and it was away meanwhile.</summary>
    public sealed class NextVersion : IChecker
    {
        public string Name => "next-version";

        public Verdict Check(History history)
        {
            var seen = string.Join(
                ' ', history.Operations.GroupBy(visit => (Of(visit.InvokedNs), visit.Output.ToString()))
                    .Where(group => group.Key.Item1 != "meanwhile" && group.First().Outcome == Outcome.Ok)
                    .Select(group => $"{group.Key.Item1}:{group.Key.Item2}"));
            return seen == "before:1 after:2"
                ? Verdict.Holds(Name, seen)
                : Verdict.Broken(Name, new Anomaly("version", seen, [0]));
        }

        // Between them lie the stop, the second for which it is away, and those on their way.
        static string Of(long ns) => ns < 1_980_000_000L ? "before"
            : ns < 3_000_000_000L ? "meanwhile"
            : "after";
    }

    /// <summary>Nobody is served before 2 s, and then everybody.</summary>
    public sealed class JoinsLater : IChecker
    {
        public string Name => "joins-later";

        public Verdict Check(History history)
        {
            foreach (var visit in history.Operations)
                if (visit.Outcome == Outcome.Ok != visit.CompletedNs > 2_300_000_000L
                    && visit.InvokedNs is < 1_000_000_000L or > 3_000_000_000L)
                    return Verdict.Broken(Name, new Anomaly("too-soon", visit.ToString(), [visit.Index]));
            return Verdict.Holds(Name, "it joined");
        }
    }
}

public sealed class DrainedShop : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Shops.Build(world, Shops.Drain, new Shops.FinishesWhatIsOpen());
}

public sealed class KilledShop : IServicesScenario
{
    public static void Build(ServicesWorld world) => Shops.Build(
        world, new CrashFault { At = Shops.Drain.At, For = Shops.Drain.For, Nodes = [Shops.Host] },
        new Shops.FinishesWhatIsOpen());
}

public sealed class HurriedShop : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Shops.Build(world, Shops.Drain, new Shops.FinishesWhatIsOpen(), allowed: "0.1");
}

// Timeout.InfiniteTimeSpan, as .NET has it: a millisecond less than nothing.
public sealed class PatientShop : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Shops.Build(world, Shops.Drain, new Shops.FinishesWhatIsOpen(), allowed: "-0.001");
}

public sealed class ShopOfTwoVersions : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Shops.Build(world, Shops.Drain, new Shops.NextVersion());
}

public sealed class ShopThatJoinsLater : IServicesScenario
{
    public static void Build(ServicesWorld world) => Shops.Build(
        world, Shops.Drain with { At = TimeSpan.Zero, For = Shops.Drain.At }, new Shops.JoinsLater());
}

public sealed class ShopOfAThirdVersion : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Shops.Build(world, Shops.Drain with { Version = 3 }, new Shops.NextVersion());
}
