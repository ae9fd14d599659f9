using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Steelyard.Live.Engines.Nats;

/// <summary>A message of a stream.</summary>
/// <param name="Sequence">Its place in the stream, from 1.</param>
/// <param name="Body">What it says.</param>
internal sealed record StreamMessage(long Sequence, string Body);

/// <summary>What JetStream answers when it does not do what it was asked.</summary>
/// <param name="code">Its code, as in HTTP.</param>
/// <param name="message">What it says.</param>
internal sealed class JetStreamException(int code, string message) : Exception(message)
{
    /// <summary>Its code: 4xx for what is wrong with the request, 503 where nobody is there to do
    /// it.</summary>
    public int Code => code;

    /// <summary>True when it certainly was not done: nobody has got the request, or it was wrong.</summary>
    public bool IsRefusal { get; init; } = code < 500;
}

/// <summary>What is asked of JetStream over a connection: its interface is requests in JSON.</summary>
/// <remarks>https://docs.nats.io/reference/reference-protocols/nats_api_reference.</remarks>
/// <param name="connection">The connection.</param>
/// <param name="stream">The stream that is asked.</param>
/// <param name="cancellation">Gives up.</param>
internal sealed class JetStream(NatsConnection connection, string stream, CancellationToken cancellation)
{
    /// <summary>The stream of all workloads on servers of our own.</summary>
    public const string Stream = "S";

    /// <summary>Whoever takes from the queue.</summary>
    public const string Consumer = "C";

    /// <summary>The code of what asks for something that is not there.</summary>
    public const int NothingThere = 404;

    /// <summary>Adds a message to the stream; returns once a majority has it.</summary>
    /// <param name="subject">Its subject.</param>
    /// <param name="body">What it says.</param>
    /// <param name="id">What tells it from others where it is sent again; null is nothing.</param>
    /// <returns>Its place.</returns>
    public async Task<long> Publish(string subject, string body, string? id = null)
    {
        var answer = await connection.Request(
            subject, body, id is null ? "" : $"Nats-Msg-Id: {id}\r\n", cancellation);
        return Answered(answer).GetProperty("seq").GetInt64();
    }

    /// <summary>Asks its interface.</summary>
    public Task<JsonElement> Ask(string what, string json = "") => AskServers($"$JS.API.{what}", json);

    /// <summary>Asks servers of themselves.</summary>
    public async Task<JsonElement> AskServers(string subject, string json = "") =>
        Answered(await connection.Request(subject, json, "", cancellation));

    /// <summary>The first message of a subject from a place on; null where there is none.</summary>
    public async Task<StreamMessage?> Next(string subject, long from)
    {
        try
        {
            var told = (await Ask(
                $"STREAM.MSG.GET.{stream}",
                string.Create(
                    CultureInfo.InvariantCulture, $$"""{"seq":{{from}},"next_by_subj":"{{subject}}"}""")))
                .GetProperty("message");
            return new(
                told.GetProperty("seq").GetInt64(),
                Encoding.UTF8.GetString(told.GetProperty("data").GetBytesFromBase64()));
        }
        catch (JetStreamException nothing) when (nothing.Code == NothingThere)
        {
            return null;
        }
    }

    /// <summary>The next message of the queue, to be acknowledged to its reply; null where none is there
    /// now.</summary>
    public async Task<NatsMessage?> Pull()
    {
        var message = await connection.Request(
            $"$JS.API.CONSUMER.MSG.NEXT.{stream}.{Consumer}", """{"batch":1,"no_wait":true}""", "",
            cancellation);
        return message.Status switch
        {
            0 => message,
            NothingThere => null,
            _ => throw Failure(message.Status),
        };
    }

    /// <summary>Tells the consumer that a message was dealt with, and waits until it knows.</summary>
    public async Task Acknowledge(NatsMessage message)
    {
        var answer = await connection.Request(message.ReplyTo!, "+ACK", "", cancellation);
        if (answer.Status != 0)
            throw Failure(answer.Status);
    }

    /// <summary>How many messages the queue still has, given out and not acknowledged ones among
    /// them.</summary>
    public async Task<long> Left()
    {
        var told = await Ask($"CONSUMER.INFO.{stream}.{Consumer}");
        return told.GetProperty("num_pending").GetInt64() + told.GetProperty("num_ack_pending").GetInt64();
    }

    static JsonElement Answered(NatsMessage message)
    {
        if (message.Status != 0)
            throw Failure(message.Status);
        var answer = JsonDocument.Parse(message.Body).RootElement;
        return answer.TryGetProperty("error", out var error)
            ? throw new JetStreamException(
                error.GetProperty("code").GetInt32(), error.GetProperty("description").GetString()!)
            : answer;
    }

    // The server of the connection knows of nobody who listens, so it has sent the request to nobody.
    static JetStreamException Failure(int status) => status == 503
        ? new(status, "nobody responds") { IsRefusal = true }
        : new(status, string.Create(CultureInfo.InvariantCulture, $"status {status}"));
}
