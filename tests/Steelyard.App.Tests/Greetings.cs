using Microsoft.AspNetCore.Builder;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.App.Tests;

/// <summary>One host that greets whoever asks, promised to be polite.</summary>
public class Greetings : IServicesScenario
{
    public static void Build(ServicesWorld world) => Build(world, "hello");

    protected static void Build(ServicesWorld world, string polite) => world
        .AddHost("greeter", args =>
        {
            var application = WebApplication.CreateBuilder(args).Build();
            application.MapGet("/", () => "hello");
            return application;
        })
        .Faults(FaultPalette.Pause)
        .Drive(new(() => new Asking(), (own, hosts) => new Asker(own, hosts))
        {
            Clients = 1, RatePerSecond = 10, Duration = TimeSpan.FromSeconds(2),
        })
        .Expect(new Polite(polite));

    sealed class Asking : IWorkload
    {
        public Invocation Next(in Turn turn) => new("greet", Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Asker(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation) =>
            Completion.Ok(await Http.GetStringAsync("http://greeter/"));
    }

    sealed class Polite(string expected) : IChecker
    {
        public string Name => "polite";

        public Verdict Check(History history)
        {
            foreach (var one in history.Operations)
                if (one.Outcome == Outcome.Ok && one.Output != (Value)expected)
                    return Verdict.Broken(Name, new Anomaly("rude", $"it said {one.Output}", [one.Index]));
            return Verdict.Holds(Name, $"{history.Count} greetings");
        }
    }
}

/// <summary>The same, held to what it does not say.</summary>
public sealed class RudeGreetings : Greetings, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, "good morning");
}

/// <summary>One that names no host, and so cannot be built.</summary>
public sealed class HostlessGreetings : IServicesScenario
{
    public static void Build(ServicesWorld world) => world.Drive(Drive.Http(op => op.Get("/")));
}
