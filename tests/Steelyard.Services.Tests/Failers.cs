using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests;

/// <summary>Hosts that fail in each way in which a service can: by what they throw, by what a handler makes
/// of it, by what they answer, and by what they log beside their requests.</summary>
public static class Failers
{
    public static void Build(ServicesWorld world, params string[] asked) => world
        .AddHost("shop-1", Create)
        .AddHost("shop-2", Create)
        .AddFaults([new CrashFault
        {
            At = TimeSpan.FromSeconds(1.5), For = TimeSpan.FromSeconds(1), Nodes = ["shop-2"],
        }])
        .Drive(new(() => new Asking(asked), (client, hosts) => new Client(client, hosts))
        {
            Clients = 4,
            RatePerSecond = 40,
            Duration = TimeSpan.FromSeconds(4),
        })
        .Expect(new NoneTwice());

    static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHostedService<Poller>();
        var application = builder.Build();
        application.UseWhen(
            http => http.Request.Path.StartsWithSegments("/handled", StringComparison.Ordinal),
            handled => handled.UseExceptionHandler(failed => failed.Run(http =>
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            })));
        application.MapGet("/thrown/{number}", (int number) => Pay(number));
        application.MapGet("/handled/{number}", (int number) => Pay(number));
        application.MapGet("/answered/{number}", (int number) =>
            Results.StatusCode(number < 0 ? 200 : StatusCodes.Status500InternalServerError));
        application.MapGet("/fine/{number}", (int number) => $"{number}");
        return application;
    }

    // Each message is another one, and the line is the same.
    static string Pay(int number) => number < 0
        ? "paid"
        : throw new InvalidOperationException($"no ledger for {number}");

    sealed class Poller(TimeProvider time, ILogger<Poller> log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
                try
                {
                    throw new FormatException("the outbox is no outbox", new TimeoutException("too late"));
                }
                catch (FormatException broken)
                {
                    log.LogError(broken, "the next second, perhaps");
                }
            }
        }
    }

    sealed class Asking(string[] asked) : IWorkload
    {
        int _asked;

        public Invocation Next(in Turn turn) => new(asked[_asked % asked.Length], Value.Nil, _asked++);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Client(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var limit = After(TimeSpan.FromSeconds(1));
            try
            {
                using var answer = await Http.GetAsync(
                    $"http://{Hosts[(int)(invocation.Input.AsInteger % 2)]}"
                    + $"/{invocation.Function}/{invocation.Input}",
                    limit.Token);
                return answer.IsSuccessStatusCode
                    ? Completion.Ok(invocation.Input)
                    : Completion.Info($"status {(int)answer.StatusCode}");
            }
            catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException)
            {
                return Completion.Info("gave up");
            }
        }
    }

    sealed class NoneTwice : IChecker
    {
        public string Name => "none-twice";

        public Verdict Check(History history) => Verdict.Holds(Name, "nothing happens twice");
    }
}

public sealed class ThrowingHosts : IServicesScenario
{
    public static void Build(ServicesWorld world) => Failers.Build(world, "thrown", "handled", "answered");
}

public sealed class FineHosts : IServicesScenario
{
    public static void Build(ServicesWorld world) => Failers.Build(world, "fine");
}
