using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests.Networking;

/// <summary>A host that asks another one again and again, from within a cut to after it, with a limit for
/// connections.</summary>
public sealed class LimitedConnects : Connects, IServicesScenario
{
    public static void Build(ServicesWorld world) =>
        Build(world, new SocketsHttpHandler { ConnectTimeout = Patience }, "after 4 s");
}

/// <summary>The same without: the first word is repeated after 0.2 s, 0.6, 1.4, 3 and 6.2 s.</summary>
public sealed class UnlimitedConnects : Connects, IServicesScenario
{
    public static void Build(ServicesWorld world) => Build(world, new SocketsHttpHandler(), "after 6 s");
}

/// <summary>What the two share.</summary>
public abstract class Connects
{
    protected static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    protected static void Build(ServicesWorld world, SocketsHttpHandler handler, string answer)
    {
        var cases = new StatedCases("asker", ("ask", answer));
        // The client stands beside the first, on its side of the cut.
        world.AddHost("asker", args => CreateAsker(args, handler))
            .AddHost("asked", CreateAsked)
            .Drive(cases.Load)
            .Expect(cases);
        world.AddFaults(new PartitionFault
        {
            At = TimeSpan.FromMilliseconds(1), For = TimeSpan.FromSeconds(4.5),
            Groups = [["asked"], ["asker"]],
        });
    }

    static WebApplication CreateAsked(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        application.MapGet("/", () => "here");
        return application;
    }

    static WebApplication CreateAsker(string[] args, SocketsHttpHandler handler)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHttpClient("asked", client => client.Timeout = Patience)
            .ConfigurePrimaryHttpMessageHandler(() => handler);
        var application = builder.Build();
        application.MapGet("/ask", async (IHttpClientFactory clients, TimeProvider time) =>
        {
            var start = time.GetTimestamp();
            while (!await IsReached(clients.CreateClient("asked")))
            {
            }

            var took = time.GetElapsedTime(start);
            return $"after {(int)took.TotalSeconds} s";
        });
        return application;
    }

    static async Task<bool> IsReached(HttpClient client)
    {
        try
        {
            await client.GetStringAsync(new Uri("http://asked/"));
            return true;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
