using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Tests;

/// <summary>A host that sends back over a WebSocket what it was sent, counts those that are open, and
/// clients that speak to it over one that stays open, or change their network in between.</summary>
public class Sockets : IServicesScenario
{
    const string Echo = "echo";
    const string Leave = "leave";
    const string Count = "count";

    public static void Build(ServicesWorld world) => world
        .AddHost("echo", Create)
        .Drive(new(() => new Talk(), (client, hosts) => new Talker(client, hosts))
        {
            Clients = 2, RatePerSecond = 10, Duration = TimeSpan.FromSeconds(10),
        })
        .Expect(new Answers());

    static WebApplication Create(string[] args)
    {
        var application = WebApplication.CreateBuilder(args).Build();
        var open = 0;
        application.UseWebSockets();
        application.MapGet("/open", () => open);
        application.MapGet("/echo", async (HttpContext http) =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            open++;
            await Repeat(socket, http.RequestAborted);
            open--;
        });
        return application;
    }

    static async Task Repeat(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[64];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            await socket.SendAsync(
                buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage,
                cancellation);
        }
    }

    sealed class Talk : IWorkload
    {
        int _last;

        public Invocation Next(in Turn turn) =>
            new(turn.Random.Chance(0.1) ? Leave : Echo, Value.Nil, $"word {++_last}");

        public IEnumerable<Invocation> FinalReads(Turn turn) =>
            [new(Leave, Value.Nil, Value.Nil), new(Count, Value.Nil, Value.Nil)];
    }

    sealed class Talker(IClientWorld world, IReadOnlyList<string> hosts) : HttpServiceClient(world, hosts)
    {
        readonly byte[] _buffer = new byte[64];
        ClientWebSocket? _socket;

        public override async ValueTask<Completion> Invoke(Invocation invocation)
        {
            if (invocation.Function == Count)
                return Completion.Ok(await Http.GetStringAsync("http://echo/open"));
            if (invocation.Function == Leave)
                ChangeNetwork();
            using var limit = After(TimeSpan.FromSeconds(1));
            if (_socket?.State != WebSocketState.Open || invocation.Function == Leave)
                _socket = await OpenWebSocket(new("ws://echo/echo"), limit.Token);
            var said = Encoding.UTF8.GetBytes(invocation.Input.ToString());
            await _socket.SendAsync(said, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
            var heard = await _socket.ReceiveAsync(_buffer.AsMemory(), limit.Token);
            return Completion.Ok(Encoding.UTF8.GetString(_buffer.AsSpan(0, heard.Count)));
        }
    }

    // The host is told nothing of those who leave, so it counts all that were ever opened.
    sealed class Answers : IChecker
    {
        public string Name => "answers";

        public Verdict Check(History history)
        {
            var wrong = history.Operations
                .Where(operation => operation.Outcome != Outcome.Ok
                    || operation.Output != Expected(operation, history))
                .Select(operation => new Anomaly("wrong-answer", operation.ToString(), [operation.Index]))
                .ToList();
            return wrong.Count > 0
                ? Verdict.Broken(Name, wrong)
                : Verdict.Holds(Name, "all answers are right");
        }

        static Value Expected(Operation operation, History history)
        {
            if (operation.Function != Count)
                return operation.Input.ToString();
            var before = history.Operations.Where(earlier => earlier.Index < operation.Index).ToList();
            var opened = before.Count(earlier => earlier.Function == Leave)
                + before.GroupBy(earlier => earlier.Process).Count(all => all.First().Function == Echo);
            return opened.ToString(CultureInfo.InvariantCulture);
        }
    }
}
