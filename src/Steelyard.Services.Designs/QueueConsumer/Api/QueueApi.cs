using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.QueueConsumer.Variants;

namespace Steelyard.Services.Designs.QueueConsumer.Api;

/// <summary>The two applications: a small broker, and a consumer of its queue.</summary>
internal static class QueueApi
{
    static readonly TimeSpan BrokerPatience = TimeSpan.FromMilliseconds(400);

    /// <summary>The broker: send, receive, acknowledge, and tell of a failure.</summary>
    public static WebApplication CreateBroker(string[] args, QueueVariant variant)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(variant).AddSingleton<Broker>();
        var application = builder.Build();
        application.AnswersUnavailable();
        application.MapPut("/messages/{id}", Send);
        application.MapPost("/receive", (Broker broker, HttpContext http) =>
            broker.Receive(http.RequestAborted));
        application.MapPost("/messages/{id}/acknowledgement", (string id, Broker broker, HttpContext http) =>
            broker.Acknowledge(id, http.RequestAborted));
        application.MapPost("/messages/{id}/failure", (string id, Broker broker, HttpContext http) =>
            broker.Fail(id, http.RequestAborted));
        application.MapGet("/queue", (Broker broker, HttpContext http) => broker.Read(http.RequestAborted));
        return application;
    }

    static async Task<DoneAnswer> Send(string id, bool poison, Broker broker, HttpContext http)
    {
        await broker.Send(id, poison, http.RequestAborted).ConfigureAwait(false);
        return new(true);
    }

    /// <summary>A consumer; it shows what messages did.</summary>
    public static WebApplication CreateConsumer(string[] args, QueueVariant variant)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(variant).AddSingleton<Effects>().AddHostedService<Consumer>()
            .AddNeighbour(Consumer.BrokerClient, BrokerPatience);
        var application = builder.Build();
        application.AnswersUnavailable();
        application.MapGet("/effects", (Effects effects, HttpContext http) =>
            effects.Read(http.RequestAborted));
        return application;
    }
}
