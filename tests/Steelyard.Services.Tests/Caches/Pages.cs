using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Histories;
using Steelyard.Services.Caches;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests.Caches;

/// <summary>A host that keeps pages in a cache; at 5 s the first cache host crashes, for 2 s.</summary>
static class Pages
{
    const string Host = "pages";
    static readonly TimeSpan s_crash = TimeSpan.FromSeconds(5);

    public static void Build(ServicesWorld world, string crashes, CacheOptions options, IChecker promise,
        DistributedCacheEntryOptions? expiry = null) =>
        world
            .AddHost(Host, args => Create(args, expiry ?? new()))
            .AddCache("cache", options)
            .AddFaults(new CrashFault { At = s_crash, For = TimeSpan.FromSeconds(2), Nodes = [crashes] })
            .Drive(new(() => new Visits(), (client, hosts) => new Visitor(client, hosts))
            {
                Clients = 10,
                RatePerSecond = 60,
                Duration = TimeSpan.FromSeconds(10),
            })
            .Expect(promise);

    static WebApplication Create(string[] args, DistributedCacheEntryOptions expiry)
    {
        var builder = WebApplication.CreateBuilder(args);
        // As for a test of its own; in the world its place is taken.
        builder.Services.AddDistributedMemoryCache();
        var application = builder.Build();
        application.MapPut("/{page}", async (string page, IDistributedCache cache, CancellationToken gone) =>
            await cache.SetStringAsync(page, page, expiry, gone));
        application.MapGet("/{page}", async (string page, IDistributedCache cache, CancellationToken gone) =>
            await cache.GetStringAsync(page, gone) is { } found ? Results.Text(found) : Results.NoContent());
        return application;
    }

    sealed class Visits : IWorkload
    {
        int _last;

        public Invocation Next(in Turn turn) => _last == 0 || turn.Random.Chance(0.4)
            ? new("set", $"page{++_last}", Value.Nil)
            : new("get", $"page{turn.Random.Next(1, _last + 1)}", Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [new("get", "page1", Value.Nil)];
    }

    sealed class Visitor(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var limit = After(TimeSpan.FromSeconds(3));
            try
            {
                var address = $"http://{Host}/{invocation.Key.AsText}";
                using var answer = invocation.Function == "set"
                    ? await Http.PutAsync(address, null, limit.Token)
                    : await Http.GetAsync(address, limit.Token);
                var text = await answer.Content.ReadAsStringAsync(limit.Token);
                return !answer.IsSuccessStatusCode ? Completion.Info("refused")
                    : Completion.Ok(text.Length == 0 ? Value.Nil : text);
            }
            catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
            {
                return Completion.Info("no answer");
            }
        }
    }

    /// <summary>Of the pages that were kept before the crash, so many are found, and missed,
    /// afterwards.</summary>
    public sealed class Kept(Range found, Range missed) : IChecker
    {
        public string Name => "kept";

        public Verdict Check(History history)
        {
            var crashNs = s_crash.Ticks * 100;
            var set = history.Operations
                .Where(visit => visit is { Function: "set", Outcome: Outcome.Ok }
                    && visit.CompletedNs < crashNs)
                .Select(visit => visit.Key)
                .ToHashSet();
            var later = history.Operations
                .Where(visit => visit is { Function: "get", Outcome: Outcome.Ok } && set.Contains(visit.Key)
                    && visit.InvokedNs > crashNs)
                .ToList();
            var misses = later.Count(visit => visit.Output.IsNil);
            var told = $"{later.Count - misses} found, {misses} missed";
            return Within(found, later.Count - misses) && Within(missed, misses)
                ? Verdict.Holds(Name, told)
                : Verdict.Broken(Name, new Anomaly("kept", told, [0]));
        }

        static bool Within(Range range, int number) =>
            number >= range.Start.Value && (range.End.IsFromEnd || number <= range.End.Value);
    }
}

/// <summary>Pages are found for as long as the cache is to keep them, and no longer.</summary>
public sealed class FoundFor(TimeSpan kept) : IChecker
{
    public string Name => "found-for";

    public Verdict Check(History history)
    {
        var set = history.Operations.Where(visit => visit is { Function: "set", Outcome: Outcome.Ok })
            .ToDictionary(visit => visit.Key);
        var (found, tooLong) = (0, 0);
        var gets = history.Operations.Where(visit => visit is { Function: "get", Outcome: Outcome.Ok });
        foreach (var get in gets)
        {
            if (get.Output.IsNil || !set.TryGetValue(get.Key, out var by))
                continue;
            found++;
            if (get.InvokedNs - by.CompletedNs > kept.Ticks * 100)
                tooLong++;
        }

        var told = $"{found} found, {tooLong} of them too long";
        return found >= 20 && tooLong == 0
            ? Verdict.Holds(Name, told)
            : Verdict.Broken(Name, new Anomaly("too-long", told, [0]));
    }
}

public sealed class ExpiringCache : IServicesScenario
{
    static readonly TimeSpan s_kept = TimeSpan.FromSeconds(1);

    public static void Build(ServicesWorld world) => Pages.Build(
        world, "cache-2", new() { Replica = true }, new FoundFor(s_kept),
        new() { AbsoluteExpirationRelativeToNow = s_kept });
}

public sealed class CacheThatNeverExpires : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pages.Build(
        world, "cache-2", new() { Replica = true }, new FoundFor(TimeSpan.FromSeconds(1)));
}

public sealed class LonelyCache : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Pages.Build(world, "cache", new(), new Pages.Kept(0..0, 20..));
}

public sealed class CacheWithReplica : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Pages.Build(world, "cache-1", new() { Replica = true }, new Pages.Kept(20.., 0..5));
}

public sealed class CacheWithLateReplica : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pages.Build(
        world, "cache-1", new() { Replica = true, ShipDelay = TimeSpan.FromSeconds(1) },
        new Pages.Kept(20.., 1..));
}

public sealed class CacheWhoseReplicaCrashes : IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Pages.Build(world, "cache-2", new() { Replica = true }, new Pages.Kept(20.., 0..0));
}

public sealed class SmallCache : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pages.Build(
        world, "cache-2", new() { Replica = true, SizeLimitBytes = 100 }, new Pages.Kept(0.., 20..));
}
