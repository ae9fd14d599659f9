using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests;

/// <summary>Three hosts; each asks the next one before it answers, and counts what it answered.</summary>
public sealed class Relays : IServicesScenario
{
    static readonly string[] Hosts = ["relay-0", "relay-1", "relay-2"];

    public static void Build(ServicesWorld world)
    {
        for (var host = 0; host < Hosts.Length; host++)
        {
            var next = Hosts[(host + 1) % Hosts.Length];
            world.AddHost(Hosts[host], args => Create(args, next));
        }

        world.Faults(FaultPalette.All)
            .Drive(new(() => new Counting(), (client, hosts) => new Asking(client, hosts)));
    }

    static WebApplication Create(string[] args, string next)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHttpClient("next", client => client.Timeout = TimeSpan.FromMilliseconds(500));
        var application = builder.Build();
        var answered = 0;
        application.MapGet("/relay/{id}", async (string id, IHttpClientFactory clients, TimeProvider time) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), time);
            var answer = await clients.CreateClient("next").GetStringAsync($"http://{next}/end/{id}");
            return $"{++answered}:{answer}";
        });
        application.MapGet("/end/{id}", async (string id, TimeProvider time) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), time);
            return $"{id}.{++answered}";
        });
        return application;
    }

    sealed class Counting : IWorkload
    {
        int _last;

        public Invocation Next(in Turn turn) => new("ask", Value.Nil, ++_last);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [new("ask", Value.Nil, ++_last)];
    }

    sealed class Asking(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            using var limit = After(TimeSpan.FromSeconds(1));
            try
            {
                var address = $"http://{Hosts[World.Home.Index]}/relay/{invocation.Input}";
                return Completion.Ok(await Http.GetStringAsync(address, limit.Token));
            }
            catch (OperationCanceledException)
            {
                return Completion.Info("no answer in time");
            }
            catch (HttpRequestException failure)
            {
                return Completion.Info(failure.HttpRequestError.ToString());
            }
        }
    }
}
