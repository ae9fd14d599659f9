using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.RabbitMq;

/// <summary>Asks the node that it stands beside, over a connection that is opened again only for the next
/// operation.</summary>
internal sealed class RabbitClient(RabbitCluster cluster, ClientSeat seat) : IClient, IAsyncDisposable
{
    // Others' messages come back to the queue when their connections are found dead.
    const int LooksUntilEmpty = 5;

    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan s_drainsFor = TimeSpan.FromSeconds(25);

    IConnection? _connection;
    IChannel? _channel;
    ulong? _held;

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        if (invocation.Function == "release" && _held is null)
            return Completion.Fail("not held");
        if (invocation.Function == "drain")
            return await Drain();
        using var time = new CancellationTokenSource(seat.Patience);
        // Who holds the lock holds it by the connection: with that it is gone, and nobody knows since when.
        if (invocation.Function == "release" && _channel is not { IsOpen: true })
            return Completion.Info("connection lost");
        try
        {
            await Connect(time.Token);
        }
        catch (Exception unreachable) when (IsTrouble(unreachable))
        {
            await Drop();
            return Completion.Fail("not connected");
        }

        try
        {
            return await Ask(invocation, time.Token);
        }
        catch (PublishException refused) when (refused.IsReturn)
        {
            return Completion.Fail("no such queue");
        }
        catch (Exception silent) when (IsTrouble(silent) || silent is PublishException)
        {
            await Drop();
            // What was given out and not acknowledged goes back to the queue.
            var why = Why(silent);
            return invocation.Function is "dequeue" ? Completion.Fail(why) : Completion.Info(why);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Drop();

    static bool IsTrouble(Exception failure) => failure is RabbitMQClientException or IOException
        or SocketException or OperationCanceledException or TimeoutException or ObjectDisposedException;

    static string Why(Exception failure) => failure switch
    {
        OperationCanceledException or TimeoutException => "no answer in time",
        PublishException => "not confirmed",
        OperationInterruptedException { ShutdownReason.ReplyCode: var code and >= 400 } =>
            $"closed with {code}",
        _ => "connection lost",
    };

    async Task Connect(CancellationToken cancellation)
    {
        if (_channel is { IsOpen: true })
            return;
        await Drop();
        _connection = await RabbitLink.Connect(
            cluster.ServerOf(seat.Home), seat.Patience, cancellation, cluster.Account);
        _channel = await _connection.CreateChannelAsync(RabbitLink.Confirming, cancellation);
    }

    async Task Drop()
    {
        var connection = _connection;
        (_connection, _channel, _held) = (null, null, null);
        if (connection is null)
            return;
        try
        {
            await connection.AbortAsync(seat.Patience);
        }
        catch (Exception closed) when (IsTrouble(closed))
        {
            // It is gone all the same.
        }
    }

    Task<Completion> Ask(Invocation asked, CancellationToken cancellation) => asked.Function switch
    {
        "enqueue" => Enqueue(asked.Input.AsInteger, cancellation),
        "dequeue" => Dequeue(cancellation),
        "acquire" => Acquire(cancellation),
        "release" => Release(cancellation),
        _ => throw new NotSupportedException($"rabbitmq knows no {asked.Function}"),
    };

    async Task<Completion> Enqueue(long number, CancellationToken cancellation)
    {
        await RabbitLink.Publish(_channel!, cluster.QueueHere, number, cancellation);
        return Completion.Ok(Value.Nil);
    }

    async Task<Completion> Dequeue(CancellationToken cancellation) =>
        Completion.Ok(await Take(cancellation) is { } number ? number : Value.Nil);

    // It has come out, whether or not the broker hears of it: an acknowledgement has no answer.
    async Task<long?> Take(CancellationToken cancellation)
    {
        var message = await _channel!.BasicGetAsync(cluster.QueueHere, autoAck: false, cancellation);
        if (message is null)
            return null;
        try
        {
            await _channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation);
        }
        catch (Exception lost) when (IsTrouble(lost))
        {
            await Drop();
        }

        return RabbitLink.NumberOf(message);
    }

    async Task<Completion> Drain()
    {
        using var time = new CancellationTokenSource(s_drainsFor);
        var taken = new List<Value>();
        var empty = 0;
        var why = "the queue is not empty yet";
        while (!time.IsCancellationRequested)
        {
            try
            {
                await Connect(time.Token);
                if (await Take(time.Token) is { } number)
                    taken.Add(number);
                else if (++empty == LooksUntilEmpty)
                    return Completion.Ok(Value.List([.. taken]));
                else
                    await Task.Delay(s_look, time.Token);
            }
            catch (Exception trouble) when (IsTrouble(trouble))
            {
                if (!time.IsCancellationRequested)
                    why = Why(trouble);
                await Drop();
                await Task.Delay(s_look);
            }
        }

        why = $"not drained in time: {why}";
        return taken.Count == 0 ? Completion.Fail(why) : Completion.Info(why);
    }

    async Task<Completion> Acquire(CancellationToken cancellation)
    {
        if (_held is not null)
            return Completion.Fail("held already");
        var message = await _channel!.BasicGetAsync(cluster.LockHere, autoAck: false, cancellation);
        _held = message?.DeliveryTag;
        return message is null ? Completion.Fail("held by another") : Completion.Ok(Value.Nil);
    }

    async Task<Completion> Release(CancellationToken cancellation)
    {
        await _channel!.BasicNackAsync(_held!.Value, multiple: false, requeue: true, cancellation);
        // That has no answer; whatever is asked after it is answered after it.
        await _channel.QueueDeclarePassiveAsync(cluster.LockHere, cancellation);
        _held = null;
        return Completion.Ok(Value.Nil);
    }
}
