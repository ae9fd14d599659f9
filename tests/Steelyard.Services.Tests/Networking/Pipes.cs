using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Networking;
using Steelyard.Services.Scenarios;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Tests.Networking;

/// <summary>A host that writes to connections of another, and says how far it came.</summary>
public class Pipes : IServicesScenario
{
    /// <summary>More than a window holds.</summary>
    protected const int Much = 1_000_000;

    const int Piece = 1000;

    static int s_read;

    static readonly StatedCases s_cases = new(
        "writer",
        ("write/silent", "65000 written, then stopped"),
        ("write/reader", $"{Much} written, {Much} read"),
        ("write/late", $"{Much} written, {Much} read"),
        ("write/half", $"{Much} written, {Much} read"),
        ("write/hasty", "ConnectionReset"),
        ("close/unread", "ConnectionReset"),
        ("close/read", "the end"));

    public static void Build(ServicesWorld world) => Build(world, s_cases);

    private protected static void Build(ServicesWorld world, StatedCases cases) => world
        .AddHost("reader", CreateReader)
        .AddHost("writer", CreateWriter)
        .Drive(cases.Load)
        .Expect(cases);

    static WebApplication CreateReader(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        var network = application.Services.GetRequiredService<HostNetwork>();
        Listen(1, _ => Task.CompletedTask);
        Listen(2, connection => ReadAll(connection));
        Listen(3, async connection =>
        {
            await Task.Delay(TimeSpan.FromSeconds(3), network.Clock);
            await ReadAll(connection);
        });
        Listen(4, async connection =>
        {
            connection.CloseOutput();
            await ReadAll(connection);
        });
        Listen(5, async connection =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), network.Clock);
            connection.Close();
        });
        Listen(6, async connection =>
        {
            var stream = new ConnectionStream(connection);
            await stream.ReadExactlyAsync(new byte[1000]);
            await Task.Delay(TimeSpan.FromSeconds(1), network.Clock);
            connection.Close();
        });
        return application;

        void Listen(int port, Func<Connection, Task> serve) =>
            network.Stack.Listen(port, connection => PoolThread.Begin(() => serve(connection)));
    }

    static WebApplication CreateWriter(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        var network = application.Services.GetRequiredService<HostNetwork>();
        application.MapGet("/write/{how}", async (string how) =>
        {
            var connection = await Connect(network, how switch
            {
                "silent" => 1, "reader" => 2, "late" => 3, "half" => 4, _ => 5,
            });
            return await Write(connection, network.Clock);
        });
        // The other end reads 1000 bytes: of more, some are unread when it closes.
        application.MapGet("/close/{how}", async (string how) =>
        {
            var stream = new ConnectionStream(await Connect(network, 6));
            await stream.WriteAsync(new byte[how == "read" ? 1000 : 1001]);
            try
            {
                return await stream.ReadAsync(new byte[1]) == 0 ? "the end" : "a byte";
            }
            catch (IOException broken)
            {
                return Why(broken);
            }
        });
        return application;
    }

    static Task<Connection> Connect(HostNetwork network, int port) =>
        network.Stack.Connect(network.Names.Resolve("reader"), port, CancellationToken.None);

    // What is written tells its place, so that the reader can see that nothing was lost, doubled or moved.
    static async Task<string> Write(Connection connection, TimeProvider clock)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), clock);
        var written = 0;
        try
        {
            for (; written < Much; written += Piece)
                await connection.Write(Bytes(written), patience.Token);
        }
        catch (OperationCanceledException)
        {
            return $"{written} written, then stopped";
        }
        catch (IOException broken)
        {
            return Why(broken);
        }

        connection.CloseOutput();
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        return $"{written} written, {s_read} read";
    }

    static byte[] Bytes(int from) => [.. Enumerable.Range(from, Piece).Select(place => (byte)(place % 251))];

    static string Why(IOException broken) =>
        (broken.InnerException as SocketException)?.SocketErrorCode.ToString() ?? broken.Message;

    static async Task ReadAll(Connection connection)
    {
        var stream = new ConnectionStream(connection);
        var buffer = new byte[3000];
        s_read = 0;
        while (await stream.ReadAsync(buffer) is > 0 and var count)
            for (var i = 0; i < count; i++, s_read++)
                if (buffer[i] != (byte)(s_read % 251))
                    throw new InvalidOperationException($"byte {s_read} is {buffer[i]}");
    }
}

/// <summary>The same, and the word that opens a window again is lost: the reader begins while nothing gets
/// through.</summary>
public sealed class CutPipes : Pipes, IServicesScenario
{
    static readonly StatedCases s_cases = new("writer", ("write/late", $"{Much} written, {Much} read"));

    public static new void Build(ServicesWorld world)
    {
        Build(world, s_cases);
        world.AddFaults(new PartitionFault
        {
            At = TimeSpan.FromSeconds(2.5), For = TimeSpan.FromSeconds(4), Groups = [["reader"], ["writer"]],
        });
    }
}

/// <summary>The same, and the host that does not read is gone: the writer hears of it from its next life, or
/// gives up.</summary>
public sealed class DeadPipes : Pipes, IServicesScenario
{
    static readonly StatedCases s_cases = new("writer", ("write/silent", "ConnectionReset"));

    public static new void Build(ServicesWorld world)
    {
        Build(world, s_cases);
        world.AddFaults(new CrashFault
        {
            At = TimeSpan.FromSeconds(3), For = TimeSpan.FromSeconds(1), Nodes = ["reader"],
        });
    }
}
