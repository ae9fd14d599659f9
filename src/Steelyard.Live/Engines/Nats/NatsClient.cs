using System.Globalization;
using System.Net.Sockets;
using Steelyard.Histories;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Nats;

/// <summary>Asks the server that it stands beside, over a connection that is opened again only for the next
/// operation.</summary>
internal sealed class NatsClient(NatsCluster cluster, ClientSeat seat) : IClient, IAsyncDisposable
{
    /// <summary>The queue that is none: messages to whoever listens, outside the stream.</summary>
    public const string CoreQueue = "core";

    const int Attempts = 3;

    static readonly TimeSpan s_betweenAttempts = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan s_pollsFor = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_readsFor = TimeSpan.FromSeconds(25);
    static readonly TimeSpan s_untilGivenAgain = TimeSpan.FromMilliseconds(200);

    readonly Dictionary<long, long> _next = [];
    NatsConnection? _connection;
    long _subscription;

    NatsNames Names => cluster.Names;

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        var attempts = IsPublish(invocation) && cluster.Chosen(NatsEngine.Again) != "no" ? Attempts : 1;
        var answer = await Once(invocation);
        for (var attempt = 2; attempt <= attempts && answer.Outcome != Outcome.Ok; attempt++)
        {
            await Task.Delay(s_betweenAttempts);
            var next = await Once(invocation);
            // That the second attempt certainly failed does not tell what became of the first.
            answer = answer.Outcome == Outcome.Info && next.Outcome == Outcome.Fail ? answer : next;
        }

        return answer;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Drop();
        return ValueTask.CompletedTask;
    }

    static bool IsPublish(Invocation asked) =>
        asked.Function is "add" or "enqueue" or Functions.Send && asked.Key != CoreQueue;

    async Task<Completion> Once(Invocation asked)
    {
        var takesLong = asked.Function is Functions.Read or "drain";
        using var time = new CancellationTokenSource(takesLong ? s_readsFor : seat.Patience);
        try
        {
            await Connect(isCore: asked.Key == CoreQueue, time.Token);
        }
        catch (Exception unreachable) when (IsTrouble(unreachable))
        {
            Drop();
            return Completion.Fail("not connected");
        }

        try
        {
            return await Ask(asked, time.Token);
        }
        catch (JetStreamException refused) when (refused.IsRefusal)
        {
            return Completion.Fail(refused.Message);
        }
        catch (Exception silent) when (IsTrouble(silent) || silent is JetStreamException)
        {
            Drop();
            var why = silent is OperationCanceledException ? "no answer in time"
                : silent is JetStreamException told ? told.Message
                : "connection lost";
            // What is given out and not acknowledged stays in the queue, and who only reads leaves all as it
            // was; without JetStream a message that is lost on its way reaches nobody. A drain has taken
            // some, and does not say which.
            return asked.Function is Functions.Read or "poll" or "dequeue"
                ? Completion.Fail(why)
                : Completion.Info(why);
        }
    }

    static bool IsTrouble(Exception failure) =>
        failure is IOException or SocketException or OperationCanceledException;

    async Task Connect(bool isCore, CancellationToken cancellation)
    {
        if (_connection is not null)
            return;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(seat.Patience);
        _connection = await NatsConnection.Open(
            cluster.ServerOf(seat.Home), cluster.Account, time.Token);
        if (isCore)
            _subscription = await _connection.Subscribe(Names.Core, "g", time.Token);
    }

    void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    Task<Completion> Ask(Invocation asked, CancellationToken cancellation)
    {
        var stream = new JetStream(_connection!, Names.Stream, cancellation);
        return (asked.Function, asked.Key == CoreQueue) switch
        {
            ("add", _) => Add(stream, Names.Set, asked.Input.AsInteger),
            (Functions.Read, _) => ReadSet(stream),
            ("enqueue", false) => Add(stream, Names.Queue, asked.Input.AsInteger),
            ("dequeue", false) => Dequeue(stream),
            ("drain", false) => Drain(stream, cancellation),
            ("enqueue", true) => Publish(asked.Input.AsInteger, cancellation),
            ("dequeue", true) => Hear(cancellation),
            ("drain", true) => HearAll(cancellation),
            (Functions.Send, _) => Send(stream, asked.Input.AsList[0]),
            ("poll", _) => Poll(stream),
            _ => throw new NotSupportedException($"nats knows no {asked.Function}"),
        };
    }

    async Task<Completion> Add(JetStream stream, string subject, long number)
    {
        await stream.Publish(subject, Text(number), IdOf(number));
        return Completion.Ok(Value.Nil);
    }

    string? IdOf(long number) => cluster.Chosen(NatsEngine.Again) == "with-id" ? $"m{Text(number)}" : null;

    async Task<Completion> ReadSet(JetStream stream)
    {
        var found = new List<Value>();
        var from = 1L;
        while (await stream.Next(Names.Set, from) is { } message)
        {
            found.Add(Number(message.Body));
            from = message.Sequence + 1;
        }

        return Completion.Ok(Value.List([.. found]));
    }

    async Task<Completion> Dequeue(JetStream stream)
    {
        if (await stream.Pull() is not { } message)
            return Completion.Ok(Value.Nil);
        await Acknowledge(stream, message);
        return Completion.Ok(Number(message.Body));
    }

    async Task<Completion> Drain(JetStream stream, CancellationToken cancellation)
    {
        var taken = new List<Value>();
        while (true)
        {
            if (await stream.Pull() is { } message)
            {
                await Acknowledge(stream, message);
                taken.Add(Number(message.Body));
            }
            else if (await stream.Left() == 0)
            {
                return Completion.Ok(Value.List([.. taken]));
            }
            else
            {
                // Somebody was given it and has not acknowledged it; it is given out again after a while.
                await Task.Delay(s_untilGivenAgain, cancellation);
            }
        }
    }

    // It has come out, whether or not the consumer hears of it; where it does not, it comes out again.
    async Task Acknowledge(JetStream stream, NatsMessage message)
    {
        try
        {
            await stream.Acknowledge(message);
        }
        catch (Exception silent) when (IsTrouble(silent) || silent is JetStreamException)
        {
            Drop();
        }
    }

    async Task<Completion> Publish(long number, CancellationToken cancellation)
    {
        await _connection!.Publish(Names.Core, Text(number), cancellation);
        await _connection.Flush(cancellation);
        return Completion.Ok(Value.Nil);
    }

    async Task<Completion> Hear(CancellationToken cancellation) =>
        Completion.Ok(await _connection!.Next(_subscription, cancellation) is { } message
            ? Number(message.Body)
            : Value.Nil);

    // What it has heard it has heard, whatever becomes of the connection.
    async Task<Completion> HearAll(CancellationToken cancellation)
    {
        var heard = new List<Value>();
        try
        {
            while (await _connection!.Next(_subscription, cancellation) is { } message)
                heard.Add(Number(message.Body));
        }
        catch (Exception silent) when (IsTrouble(silent))
        {
            Drop();
        }

        return Completion.Ok(Value.List([.. heard]));
    }

    async Task<Completion> Send(JetStream stream, Value step)
    {
        var (key, number) = (step.AsList[1], step.AsList[2].AsInteger);
        var place = await stream.Publish(SubjectOf(key.AsInteger), Text(number), IdOf(number));
        return Completion.Ok(Value.List(Value.List("send", key, Value.List(place, number))));
    }

    // Ends after a while, so that one who begins anew has something to show for it in time. Where it fails,
    // it stays where it was in all logs.
    async Task<Completion> Poll(JetStream stream)
    {
        using var time = new CancellationTokenSource(s_pollsFor);
        var found = new List<(Value, Value)>();
        var places = new List<(long Key, long Next)>();
        foreach (var key in LogWorkload.Keys)
        {
            var messages = new List<Value>();
            var next = _next.GetValueOrDefault(key, 1);
            while (!time.IsCancellationRequested && await stream.Next(SubjectOf(key), next) is { } message)
            {
                messages.Add(Value.List(message.Sequence, Number(message.Body)));
                next = message.Sequence + 1;
            }

            if (messages.Count > 0)
                found.Add((key, Value.List([.. messages])));
            places.Add((key, next));
        }

        foreach (var (key, next) in places)
            _next[key] = next;
        return Completion.Ok(Value.List(Value.List("poll", Value.Map([.. found]))));
    }

    string SubjectOf(long key) => Names.LogOf(Text(key));

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
