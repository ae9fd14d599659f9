using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests.Networking;

/// <summary>A host that sends much, as an answer or over a WebSocket, and clients that read it at once, later
/// or never.</summary>
public class Downloads : IServicesScenario
{
    const int Much = 2_000_000;
    const int Piece = 10_000;
    const string Rest = "rest";

    // What a window, Kestrel and HttpClient hold together is less.
    const int Held = 400_000;

    public static void Build(ServicesWorld world) => world
        .AddHost("files", Create)
        .Drive(new(() => new Ways(), (client, hosts) => new Downloader(client, hosts))
        {
            Clients = 1, RatePerSecond = 10, Duration = TimeSpan.FromSeconds(120),
        })
        .Expect(new Stopped());

    static WebApplication Create(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        var sent = 0;
        application.UseWebSockets();
        application.MapGet("/sent", () => sent);
        application.MapGet("/big", async (HttpContext http) =>
        {
            for (sent = 0; sent < Much; sent += Piece)
                await http.Response.Body.WriteAsync(Bytes(sent), http.RequestAborted);
        });
        application.MapGet("/socket", async (HttpContext http) =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            for (sent = 0; sent < Much; sent += Piece)
                await socket.SendAsync(
                    Bytes(sent), WebSocketMessageType.Binary, endOfMessage: true, http.RequestAborted);
        });
        return application;
    }

    static byte[] Bytes(int from) => [.. Enumerable.Range(from, Piece).Select(place => (byte)(place % 251))];

    sealed class Ways : IWorkload
    {
        readonly Queue<Invocation> _all = new(
        [
            new("http", "at once", Value.Nil), new("http", "late", Value.Nil),
            new("socket", "at once", Value.Nil), new("socket", "late", Value.Nil),
        ]);

        public Invocation Next(in Turn turn) =>
            _all.TryDequeue(out var next) ? next : new(Rest, Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }

    sealed class Downloader(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        /// <summary>What the host had sent ten seconds later, and how many bytes came in the end.</summary>
        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            if (invocation.Function == Rest)
                return Completion.Ok(Value.Nil);
            var isLate = invocation.Key.AsText == "late";
            return invocation.Function == "http" ? await Download(isLate) : await Listen(isLate);
        }

        async Task<Completion> Download(bool isLate)
        {
            using var answer = await Http.GetAsync(
                "http://files/big", HttpCompletionOption.ResponseHeadersRead);
            await using var body = await answer.Content.ReadAsStreamAsync();
            return await Read(isLate, async buffer => await body.ReadAsync(buffer));
        }

        async Task<Completion> Listen(bool isLate)
        {
            using var socket = await OpenWebSocket(new("ws://files/socket"), CancellationToken.None);
            return await Read(isLate, async buffer => (await socket.ReceiveAsync(buffer, default)).Count);
        }

        async Task<Completion> Read(bool isLate, Func<Memory<byte>, Task<int>> read)
        {
            var buffer = new byte[5000];
            var place = 0;
            var sent = 0;
            if (isLate)
                sent = await Sent();
            while (place < Much && await read(buffer) is > 0 and var count)
                for (var i = 0; i < count; i++, place++)
                    if (buffer[i] != (byte)(place % 251))
                        return Completion.Fail($"byte {place} is {buffer[i]}");
            if (!isLate)
                sent = await Sent();
            return Completion.Ok(Value.List(sent, place));
        }

        async Task<int> Sent()
        {
            await World.Delay(TimeSpan.FromSeconds(10));
            return int.Parse(await Http.GetStringAsync("http://files/sent"), CultureInfo.InvariantCulture);
        }
    }

    sealed class Stopped : IChecker
    {
        public string Name => "slow-readers-stop-writers";

        public Verdict Check(History history)
        {
            var asked = history.Operations.Where(operation => operation.Function != Rest).ToList();
            var wrong = asked.Where(operation => !IsRight(operation))
                .Select(operation => new Anomaly("wrong", operation.ToString(), [operation.Index])).ToList();
            if (asked.Count != 4)
                wrong.Add(new("not-asked", $"{asked.Count} of 4 were asked", []));
            return wrong.Count > 0 ? Verdict.Broken(Name, wrong) : Verdict.Holds(Name, "they do");
        }

        static bool IsRight(Operation operation) => operation.Outcome == Outcome.Ok
            && operation.Output.AsList[1].AsInteger == Much
            && (operation.Key.AsText == "late"
                ? operation.Output.AsList[0].AsInteger is > 50_000 and < Held
                : operation.Output.AsList[0].AsInteger == Much);
    }
}
