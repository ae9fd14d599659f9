using System.Globalization;
using Steelyard.Live.Matrix;

namespace Steelyard.Live.Engines.Nats;

/// <summary>What some connections to NATS do, step by step.</summary>
internal static class NatsScripts
{
    const string Subject = "core.script";
    const string Stored = "s.script";
    const int Messages = 100;
    const int LargeBytes = 65_536;
    const int LargeMessages = 400;
    const int Elections = 30;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_election = TimeSpan.FromSeconds(1);

    /// <summary>Nobody listens while messages are published; somebody does afterwards.</summary>
    public static async Task<ScriptFinding> Absent(EngineCluster engine, CancellationToken cancellation)
    {
        var cluster = (NatsCluster)engine;
        using var publisher = await NatsConnection.Open(cluster.DirectOf(0), account: null, cancellation);
        for (var number = 1; number <= Messages; number++)
            await publisher.Publish(Subject, Text(number), cancellation);
        await publisher.Flush(cancellation);
        using var late = await NatsConnection.Open(cluster.DirectOf(0), account: null, cancellation);
        var subscription = await late.Subscribe(Subject, "g", cancellation);
        await publisher.Publish(Subject, "last", cancellation);
        await publisher.Flush(cancellation);
        var heard = await Heard(late, subscription, cancellation);
        return Told(
            $"{Messages} messages were taken by the server before anybody listened, and one after;"
            + $" the listener has heard {heard} of them",
            occurred: heard == 1);
    }

    /// <summary>A listener does not read while much is published.</summary>
    public static async Task<ScriptFinding> Slow(EngineCluster engine, CancellationToken cancellation)
    {
        var cluster = (NatsCluster)engine;
        using var slow = await NatsConnection.Open(cluster.DirectOf(0), account: null, cancellation);
        var subscription = await slow.Subscribe(Subject, "g", cancellation);
        using var publisher = await NatsConnection.Open(cluster.DirectOf(0), account: null, cancellation);
        var body = new string('x', LargeBytes);
        for (var number = 1; number <= LargeMessages; number++)
        {
            await publisher.Publish(Subject, body, cancellation);
            await publisher.Flush(cancellation);
        }

        var heard = await Heard(slow, subscription, cancellation);
        return Told(
            $"{LargeMessages} messages of 64 KB were taken by the server; the listener, which read only then,"
            + $" has heard {heard} of them",
            occurred: heard < LargeMessages);
    }

    /// <summary>A bit of one server's file turns while it is down; then it leads.</summary>
    public static async Task<ScriptFinding> Damaged(EngineCluster engine, CancellationToken cancellation)
    {
        var cluster = (NatsCluster)engine;
        await PublishAll(cluster, cancellation);
        var node = await cluster.Leader() ?? throw new LiveException("expected a leader, found none");
        node.Kill();
        var file = Directory.EnumerateFiles(cluster.StoreOf(node), "*.blk", SearchOption.AllDirectories)
            .Where(path => path.Contains("/streams/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).First();
        var bytes = await File.ReadAllBytesAsync(file, cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, cancellation);
        cluster.StartAgain(node);
        var leads = await Leads(cluster, node, cancellation);
        var missing = await Missing(cluster, cancellation);
        return Told(
            $"{Messages} messages were acknowledged, and a bit of the file of {node.Name} turned; then it"
            + $" {(leads ? "leads" : "was asked for half a minute to lead, and does not")}, and {missing} of"
            + " them cannot be read",
            occurred: missing > 0);
    }

    static async Task PublishAll(NatsCluster cluster, CancellationToken cancellation)
    {
        using var publisher = await NatsConnection.Open(cluster.DirectOf(0), account: null, cancellation);
        for (var number = 1; number <= Messages; number++)
            await new JetStream(publisher, JetStream.Stream, cancellation).Publish(Stored, Text(number));
    }

    // Whoever leads is asked to let another one do so, until it is the one.
    static async Task<bool> Leads(NatsCluster cluster, EngineNode wanted, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Elections; attempt++)
        {
            await Task.Delay(s_election, cancellation);
            var leader = await cluster.Leader();
            if (leader == wanted)
                return true;
            if (leader is not null)
                await cluster.StepDown(cluster.Nodes[0], cancellation);
        }

        return false;
    }

    static async Task<int> Missing(NatsCluster cluster, CancellationToken cancellation)
    {
        using var reader = await NatsConnection.Open(cluster.DirectOf(0), account: null, cancellation);
        var stream = new JetStream(reader, JetStream.Stream, cancellation);
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var next = 1L; await stream.Next(Stored, next) is { } message; next = message.Sequence + 1)
            found.Add(message.Body);
        return Enumerable.Range(1, Messages).Count(number => !found.Contains(Text(number)));
    }

    static async Task<int> Heard(NatsConnection listener, long subscription, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(s_patience);
        var heard = 0;
        try
        {
            while (await listener.Next(subscription, time.Token) is not null)
                heard++;
        }
        catch (Exception over) when (over is IOException or OperationCanceledException
            && !cancellation.IsCancellationRequested)
        {
            // The server has hung up on it, or says nothing more.
        }

        return heard;
    }

    static ScriptFinding Told(string evidence, bool occurred) => new(occurred, evidence, [evidence]);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
