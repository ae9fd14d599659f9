using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Steelyard.Services.Clients;
using Steelyard.Services.Databases;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Services.Networking;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Hosting;

/// <summary>The services of a host that the world puts in place of the machine's.</summary>
internal sealed class HostServices(
    INodeWorld world, NetworkStack stack, LifeClock clock, HostNames names, HostSpec spec)
{
    /// <summary>How long the application may take to stop, as it said itself.</summary>
    public TimeSpan ShutdownTimeout { get; private set; } = TimeSpan.FromSeconds(30);

    /// <summary>Adds them, after everything the application registered.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(new HostNetwork(stack, names, clock));
        services.AddSingleton<IConnectionListenerFactory>(new ServerTransport(stack, world.Name));
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, WorldLifetime>());
        services.AddSingleton<IStartupFilter>(new FirstOfAll(world, clock, Watch));
        services.PostConfigure<KestrelServerOptions>(WithoutRealTime);
        services.PostConfigure<HostOptions>(TakeShutdownTimeout);
        // Its pings follow the machine's clock.
        services.PostConfigure<WebSocketOptions>(
            options => options.KeepAliveInterval = Timeout.InfiniteTimeSpan);
        AddDatabases(services);
        services.PostConfigureAll<HttpClientFactoryOptions>(ThroughTheWorld);
        services.RemoveAll<ILoggerProvider>();
        services.AddSingleton<ILoggerProvider>(new TraceLogs(world));
        spec.Services?.Invoke(services);
    }

    IDisposable? Watch(HttpContext request) => spec.Watched.Contains(world.Name)
        ? ServedCalls.Serve(world, names, request)
        : null;

    // Kestrel's own time limits run on a thread and a clock of the machine. A year and not for ever: counted
    // in ns, for ever overflows, and is over at the next tick.
    static void WithoutRealTime(KestrelServerOptions options)
    {
        options.Limits.KeepAliveTimeout = TimeSpan.FromDays(365);
        options.Limits.RequestHeadersTimeout = TimeSpan.FromDays(365);
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
    }

    // The host would count it by the machine's clock.
    void TakeShutdownTimeout(HostOptions options)
    {
        ShutdownTimeout = options.ShutdownTimeout;
        options.ShutdownTimeout = Timeout.InfiniteTimeSpan;
    }

    void AddDatabases(IServiceCollection services)
    {
        var network = new HostNetwork(stack, names, clock);
        var sources = spec.Databases
            .Select(database => (database, source: (DbDataSource)new WorldDbDataSource(network, database)))
            .ToList();
        foreach (var (database, source) in sources)
            services.AddKeyedSingleton(database, source);
        if (sources.Count == 0)
            return;
        services.Replace(ServiceDescriptor.Singleton(sources[0].source));
        services.Replace(ServiceDescriptor.Scoped<DbConnection>(_ => sources[0].source.CreateConnection()));
    }

    void ThroughTheWorld(HttpClientFactoryOptions options)
    {
        var timeout = new VirtualTimeout(world, clock);
        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
        // Last, so that what the application asked for is known: its time limit then runs in virtual time.
        options.HttpClientActions.Add(timeout.TakeFrom);
        options.HttpMessageHandlerBuilderActions.Add(builder =>
        {
            builder.PrimaryHandler = WorldHandler.For(builder.PrimaryHandler, stack, names);
            builder.AdditionalHandlers.Insert(0, timeout.Handler());
        });
    }

    sealed class WorldLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    // Kestrel stamps answers with the machine's time unless they have a date already.
    sealed class FirstOfAll(INodeWorld world, LifeClock clock, Func<HttpContext, IDisposable?> watch)
        : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
        {
            application.Use(async (context, then) =>
            {
                context.Response.Headers.Date = clock.GetUtcNow().ToString("R");
                using var served = CallContext.Serve(world, world.Name, clock, context);
                using var watched = watch(context);
                try
                {
                    await then(context).ConfigureAwait(false);
                }
                catch (Exception failure)
                {
                    ServiceFailures.Threw(world, context, failure);
                    throw;
                }

                ServiceFailures.Answered(world, context);
            });
            next(application);
        };
    }
}
