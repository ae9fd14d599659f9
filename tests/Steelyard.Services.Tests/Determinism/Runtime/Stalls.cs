using Microsoft.AspNetCore.Builder;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Two hosts, "stall-1" and "stall-2", of an application that some scenario makes, and clients that
/// ask for <c>/</c>.</summary>
internal static class Stalls
{
    /// <summary>A header with the name of the other host.</summary>
    public const string Other = "Other-Host";

    public static string[] Hosts { get; } = ["stall-1", "stall-2"];

    public static void Build(
        ServicesWorld world, Action<WebApplication> map, TimeSpan? limit = null,
        Action<WebApplicationBuilder>? register = null)
    {
        foreach (var host in Hosts)
            world.AddHost(host, args =>
            {
                var builder = WebApplication.CreateBuilder(args);
                register?.Invoke(builder);
                var application = builder.Build();
                map(application);
                return application;
            });
        world.Drive(new(
            () => new Asking(),
            (client, hosts) => new Asker(client, hosts, limit ?? TimeSpan.FromSeconds(1)))
        {
            Clients = 4,
            RatePerSecond = 20,
            Duration = TimeSpan.FromSeconds(2),
        });
    }

    /// <summary>What a scenario gives, in a fresh process.</summary>
    /// <param name="onInstalledRuntime">True for one whose clocks are the machine's.</param>
    /// <exception cref="UserMistakeException">It does not run.</exception>
    public static RunResult Run<TScenario>(bool onInstalledRuntime = false)
        where TScenario : IServicesScenario
    {
        var tested = TestedScenario.Of(typeof(TScenario));
        var command = onInstalledRuntime ? tested.Command.OnInstalledRuntime() : tested.Command;
        var patient = tested with { Command = command.Within(TimeSpan.FromSeconds(4)) };
        using var world = patient.CreateWorld();
        return Runs.Run.Execute(patient.Request, world, RunControl.None);
    }

    /// <summary>What a scenario gives, in a process that may have run others: to start one takes longer than
    /// the run.</summary>
    /// <exception cref="UserMistakeException">It does not run.</exception>
    public static RunResult RunAmongOthers<TScenario>()
        where TScenario : IServicesScenario
    {
        var tested = TestedScenario.Of(typeof(TScenario));
        using var world = tested.CreateSharedWorld();
        return Runs.Run.Execute(tested.Request, world, RunControl.None);
    }

    /// <summary>The verdict of all promises of a run.</summary>
    public static Validity Overall(this RunResult run) => Verdict.Overall(run.Verdicts);

    /// <summary>What is told of the promises that did not hold, a line each.</summary>
    public static IReadOnlyList<string> Told(this RunResult run) =>
    [
        .. run.Verdicts.Where(verdict => verdict.Validity != Validity.Valid)
            .Select(verdict => $"{verdict.Checker}: {verdict.Summary}"),
    ];

    /// <summary>A scenario does not run, and what is told of it is one line that holds these
    /// words.</summary>
    public static void MustBeTold<TScenario>(params IReadOnlyList<string> words)
        where TScenario : IServicesScenario =>
        MustBeTold<TScenario>(onInstalledRuntime: false, words);

    /// <summary>The same of one that runs on the installed runtime.</summary>
    public static void MustBeToldWhereInstalled<TScenario>(params IReadOnlyList<string> words)
        where TScenario : IServicesScenario =>
        MustBeTold<TScenario>(onInstalledRuntime: true, words);

    static void MustBeTold<TScenario>(bool onInstalledRuntime, IReadOnlyList<string> words)
        where TScenario : IServicesScenario
    {
        var told = Assert.Throws<UserMistakeException>(() => Run<TScenario>(onInstalledRuntime)).Message;
        foreach (var word in words)
            Assert.True(
                told.Contains(word, StringComparison.Ordinal), $"expected \"{word}\", found \"{told}\"");
        Assert.DoesNotContain('\n', told);
    }

    sealed class Asking : IWorkload
    {
        public Invocation Next(in Turn turn) => new("ask", Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Asker(IClientWorld world, IReadOnlyList<string> hosts, TimeSpan limit)
        : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var patience = After(limit);
            try
            {
                var host = World.Home.Index;
                using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{Hosts[host]}/");
                request.Headers.Add(Other, Hosts[1 - host]);
                using var answer = await Http.SendAsync(request, patience.Token);
                return answer.IsSuccessStatusCode
                    ? Completion.Ok(await answer.Content.ReadAsStringAsync(patience.Token))
                    : Completion.Info("refused");
            }
            catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
            {
                return Completion.Info("no answer");
            }
        }
    }
}
