using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Steelyard.Histories;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Hosts that end themselves at their fifth request; the first one crashes later, and the end of the
/// crash starts it again.</summary>
public class QuittingStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Build(world, quits: true);

    protected static void Build(ServicesWorld world, bool quits)
    {
        Stalls.Build(world, application =>
        {
            var asked = 0;
            application.MapGet("/", async (IHostApplicationLifetime lifetime, TimeProvider time) =>
            {
                if (++asked == 5 && quits)
                    lifetime.StopApplication();
                await Task.Delay(TimeSpan.FromMilliseconds(20), time);
                return "yes";
            });
        });
        world.AddFaults([new CrashFault
        {
            At = TimeSpan.FromSeconds(1.4), For = TimeSpan.FromSeconds(0.1), Nodes = [Stalls.Hosts[0]],
        }]).Expect(new Quits());
    }

    /// <summary>The second host answers what was asked before it ended, and nothing after; the first one
    /// answers again after its crash.</summary>
    sealed class Quits : IChecker
    {
        public string Name => "quits";

        public Verdict Check(History history)
        {
            var answered = history.Operations.Where(asked => asked.Outcome == Outcome.Ok)
                .GroupBy(asked => asked.Node!, StringComparer.Ordinal)
                .ToDictionary(host => host.Key, host => host.Count(), StringComparer.Ordinal);
            var again = history.Operations.Any(
                asked => asked.Node == Stalls.Hosts[0] && asked.Outcome == Outcome.Ok
                    && asked.InvokedNs > 1_500_000_000);
            var stopped = history.Faults.Where(fault => fault.Kind == FaultEvent.Stopped)
                .Select(fault => fault.Description).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            var told = $"{answered[Stalls.Hosts[1]]} answered by the second host; "
                + $"the first {(again ? "answers" : "is silent")} after its crash; "
                + string.Join(", ", stopped);
            return answered[Stalls.Hosts[1]] is >= 5 and < 8 && again
                ? Verdict.Holds(Name, told)
                : Verdict.Broken(Name, new Anomaly("stays", told, [0]));
        }
    }
}

/// <summary>Its twin does not end itself.</summary>
public sealed class StayingStall : QuittingStall, IServicesScenario
{
    public static new void Build(ServicesWorld world) => Build(world, quits: false);
}

/// <summary>An application without a web server to speak of: it listens nowhere.</summary>
public sealed class DeafStall : IServicesScenario
{
    public static void Build(ServicesWorld world) => Stalls.Build(
        world, application => application.MapGet("/", () => "yes"),
        register: builder => builder.Services.AddSingleton<IServer>(new Nobody()));

    sealed class Nobody : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(
            IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
