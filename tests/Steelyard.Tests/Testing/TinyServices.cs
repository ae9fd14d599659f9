using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Tests.Testing;

/// <summary>One host that is asked for <c>/</c> and answers with a status.</summary>
internal class TinyServices : IServicesScenario
{
    public static void Build(ServicesWorld world) => Build(world, StatusCodes.Status200OK);

    protected static void Build(
        ServicesWorld world, int status, IClient? client = null, Action? begins = null,
        IChecker? promise = null) => world
        .AddHost("tiny", args =>
        {
            var application = WebApplication.CreateBuilder(args).Build();
            application.MapGet("/", () => Results.StatusCode(status));
            return application;
        })
        .Faults(FaultPalette.Crash)
        .AddFaults(new PauseFault
        {
            At = TimeSpan.FromSeconds(1), For = TimeSpan.FromSeconds(0.1), Nodes = ["tiny"],
        })
        .Drive(new(() => Begin(begins), (own, hosts) => client ?? new Asker(own, hosts))
        {
            Clients = 1, RatePerSecond = 10, Duration = TimeSpan.FromSeconds(2),
        })
        .Expect(promise ?? new Held());

    static Asking Begin(Action? begins)
    {
        begins?.Invoke();
        return new();
    }

    sealed class Asking : IWorkload
    {
        public Invocation Next(in Turn turn) => new("ask", Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Asker(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            try
            {
                using var answer = await Http.GetAsync("http://tiny/");
                return answer.IsSuccessStatusCode ? Completion.Ok(Value.Nil) : Completion.Fail("refused");
            }
            catch (HttpRequestException)
            {
                return Completion.Info("no answer");
            }
        }
    }

    sealed class Held : IChecker
    {
        public string Name => "held";

        public Verdict Check(History history) => Verdict.Holds(Name, $"{history.Count} operations");
    }
}

/// <summary>The same, held to a promise that the operation breaks which is under way at some time.</summary>
internal class BreakingServices : TinyServices, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, TimeSpan.FromSeconds(1.05));

    protected static void Build(ServicesWorld world, TimeSpan when) =>
        Build(world, StatusCodes.Status200OK, promise: new Broken(when));

    sealed class Broken(TimeSpan when) : IChecker
    {
        public string Name => "kept";

        public Verdict Check(History history) => Verdict.Broken(Name, new Anomaly(
            "broken", "it is not kept",
            [history.Operations.First(asked => asked.CompletedNs > when.Ticks * 100).Index]));
    }
}

/// <summary>The same, broken before anything else is.</summary>
internal sealed class BreakingEarlyServices : BreakingServices, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, TimeSpan.Zero);
}

/// <summary>The same, and it answers nobody.</summary>
internal sealed class RefusingServices : TinyServices, IServicesScenario
{
    public static new void Build(ServicesWorld world) =>
        Build(world, StatusCodes.Status500InternalServerError);
}

/// <summary>The same, with a client that throws.</summary>
internal sealed class ThrowingServices : TinyServices, IServicesScenario
{
    public static new void Build(ServicesWorld world) =>
        Build(world, StatusCodes.Status200OK, new Thrower());

    sealed class Thrower : IClient
    {
        public ValueTask<Completion> Invoke(Invocation invocation) =>
            throw new KeyNotFoundException("no such account");
    }
}

/// <summary>The same, with a client that tells which process it is in.</summary>
internal sealed class ProcessTellingServices : TinyServices, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, StatusCodes.Status200OK, new Teller());

    sealed class Teller : IClient
    {
        public ValueTask<Completion> Invoke(Invocation invocation) =>
            new(Completion.Fail($"refused by process {Environment.ProcessId}"));
    }
}

/// <summary>The same, with a client that is tired after some runs of the process.</summary>
internal sealed class TiringServices : TinyServices, IServicesScenario
{
    const int MostRuns = 2;

    static int s_runs;

    public static new void Build(ServicesWorld world) =>
        Build(world, StatusCodes.Status200OK, new Tiring(), () => s_runs++);

    sealed class Tiring : IClient
    {
        public ValueTask<Completion> Invoke(Invocation invocation) => new(
            s_runs > MostRuns ? Completion.Fail("tired") : Completion.Ok(Value.Nil));
    }
}
