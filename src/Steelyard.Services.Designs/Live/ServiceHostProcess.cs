using System.Data.Common;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Npgsql;
using Steelyard.Live.Processes;

namespace Steelyard.Services.Designs.Live;

/// <summary>A process that is one host of a service: a program with a hidden word. It is the application that
/// runs in the services world, on Kestrel, the machine's clock and PostgreSQL.</summary>
internal static class ServiceHostProcess
{
    /// <summary>The word that makes our program such a host.</summary>
    public const string Word = "--service-host";

    const string DatabaseSetting = "Live:Database";
    const string HostsSetting = "Live:Hosts";

    /// <summary>What starts one.</summary>
    /// <param name="program">The file of our program.</param>
    /// <param name="runtime">What runs it.</param>
    /// <param name="plan">The service.</param>
    /// <param name="host">Which host.</param>
    /// <param name="listens">Where it listens.</param>
    /// <param name="database">How it reaches its database.</param>
    /// <param name="others">Where it reaches the other hosts.</param>
    public static EngineCommand CommandOf(
        string program, string runtime, ServicePlan plan, string host, IPEndPoint listens, string database,
        IEnumerable<(string Host, IPEndPoint Address)> others) => new(
        runtime,
        [
            "exec", program, Word, plan.Service.Name, plan.Variant, host, $"--urls=http://{listens}",
            $"--{DatabaseSetting}={database}", "--Logging:LogLevel:Default=Warning",
            "--hostBuilder:reloadConfigOnChange=false",
            .. others.Select(other => $"--{HostsSetting}:{other.Host}={other.Address}"), .. plan.Settings,
        ])
    {
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Its sockets would stay in the folder of temporary files when it is killed.
            ["DOTNET_EnableDiagnostics"] = "0",
        },
    };

    /// <summary>Is one, until it is told to stop.</summary>
    /// <param name="words">The service, its variant, the host, and settings.</param>
    public static int Run(IReadOnlyList<string> words)
    {
        var settings = words.Skip(3).ToArray();
        var given = new ConfigurationBuilder().AddCommandLine(settings).Build();
        var service = ServiceCatalogue.LiveServices.First(service => service.Name == words[0]);
        using var application = service.CreateHost(
            words[2], words[1], settings, services => Register(services, given));
        application.Run();
        return 0;
    }

    static void Register(IServiceCollection services, IConfigurationRoot given)
    {
        var hosts = new NamedHosts(host => IPEndPoint.Parse(given[$"{HostsSetting}:{host}"]!));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<DbDataSource>(_ => NpgsqlDataSource.Create(given[DatabaseSetting]!));
        services.PostConfigureAll<HttpClientFactoryOptions>(
            options => options.HttpMessageHandlerBuilderActions.Add(builder =>
            {
                if (builder.PrimaryHandler is SocketsHttpHandler handler)
                    hosts.Lead(handler);
                builder.AdditionalHandlers.Add(new TornConnections());
            }));
    }
}
