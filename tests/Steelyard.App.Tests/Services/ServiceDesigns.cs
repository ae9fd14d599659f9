using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.App.Tests.Services;

/// <summary>Small designs of services, most of them wrong in a way of their own.</summary>
internal static class ServiceDesigns
{
    public static IReadOnlyList<IDesign> All { get; } =
    [
        new ServiceDesign("greeter", Right),
        new ServiceDesign("noted-greeter", Right) { Built = Note },
        new ServiceDesign("forgetful", Right, new EveryoneIsGreeted()),
        new ServiceDesign("random-greeter", application => application.MapGet(
            "/greet", () => Guid.NewGuid().ToString())),
        new ServiceDesign("process-greeter", application => application.MapGet(
            "/greet", () => $"hello from process {Environment.ProcessId}")),
        new ServiceDesign("blocking-greeter", application => application.MapGet(
            "/greet", (TimeProvider time) => Slowly(time).Wait())),
        new ServiceDesign("threading-greeter", application => application.MapGet(
            "/greet", () => new Thread(() => Thread.Sleep(Timeout.Infinite)).Start())),
        new ServiceDesign("clock-greeter", application => application.MapGet(
            "/greet", async () => await Task.Delay(3))),
        new ServiceDesign("silent-greeter", application => application.MapGet(
            "/greet", () => new TaskCompletionSource().Task)) { Patience = Timeout.InfiniteTimeSpan },
        new ServiceDesign("failing-greeter", application => application.Services.GetHashCode().CompareTo(
            application.Configuration["Tone"] ?? throw new InvalidOperationException("no tone"))),
        new BrittleDesign(),
    ];

    static int s_built;

    // Whoever waits for a hunt to be under way sees it by the files built-1, built-2 … in its folder.
    static void Note() => File.WriteAllText($"built-{Interlocked.Increment(ref s_built)}", "");

    static async Task Slowly(TimeProvider time) => await Task.Delay(TimeSpan.FromMilliseconds(3), time);

    static void Right(WebApplication application) => application.MapGet(
        "/greet", async (TimeProvider time) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(3), time);
            return "hello";
        });

    sealed class EveryoneIsGreeted : IChecker
    {
        public string Name => "everyone-is-greeted";

        public Verdict Check(History history)
        {
            foreach (var operation in history.Operations)
                if (operation.Outcome != Outcome.Ok)
                    return Verdict.Broken(
                        Name, new Anomaly("silence", "somebody was not greeted", [operation.Index]));
            return Verdict.Holds(Name, "everybody was greeted");
        }
    }
}

/// <summary>Two hosts of one application, and clients that ask the one beside them.</summary>
internal sealed class ServiceDesign(string name, Action<WebApplication> map, params IChecker[] promises)
    : IDesign
{
    public string Name => name;

    public string Summary => $"two hosts of the {name} application";

    /// <summary>How long its clients wait for an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told whenever its scenario is built, which is once or more for each seed.</summary>
    public Action? Built { get; init; }

    public string Story => "Clients ask, hosts answer.";

    public IReadOnlyList<DesignOption> Options { get; } =
        [DesignOption.Choice("tone", "How it greets", "kind", "curt")];

    public Scenario Build(DesignOptions options)
    {
        Built?.Invoke();
        var world = new ServicesWorld()
            .AddHost("greeter-1", Create)
            .AddHost("greeter-2", Create)
            .Drive(new(() => new Greetings(), (client, hosts) => new Asking(client, hosts, Patience))
            {
                Clients = options.Common.Clients ?? 4,
                RatePerSecond = options.Common.RatePerSecond ?? 20,
                Duration = options.Common.Duration ?? TimeSpan.FromSeconds(5),
            })
            .Expect(promises);
        return world.ToScenario(name, Summary);
    }

    WebApplication Create(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        map(application);
        return application;
    }

    sealed class Greetings : IWorkload
    {
        public Invocation Next(in Turn turn) => new("greet", Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Asking(IClientWorld world, IReadOnlyList<string> hosts, TimeSpan patience)
        : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var limit = After(patience);
            try
            {
                return Completion.Ok(
                    await Http.GetStringAsync($"http://{Hosts[World.Home.Index]}/greet", limit.Token));
            }
            catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
            {
                return Completion.Info("no answer");
            }
        }
    }
}
