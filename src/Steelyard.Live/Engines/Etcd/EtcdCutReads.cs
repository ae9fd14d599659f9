using Grpc.Core;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>One member is cut off after a register was 1, the others make it 2, and then it is read
/// everywhere.</summary>
/// <param name="Alone">What the member that is cut off answers from what it has.</param>
/// <param name="Asking">What it answers when it must ask the others; null is nothing.</param>
/// <param name="Majority">What the others answer.</param>
internal sealed record EtcdCutReads(string? Alone, string? Asking, string? Majority)
{
    const int Away = 2;
    const string Register = "cut/r";

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Every link to the one member and from it.</summary>
    public static IReadOnlyList<(int From, int To)> LinksOfOne { get; } =
        [(Away, 0), (Away, 1), (0, Away), (1, Away)];

    /// <summary>Does it, and asks whether what was looked for occurred.</summary>
    public static async Task<ScriptFinding> Try(
        EtcdCluster cluster, Func<EtcdCutReads, bool> occurred, CancellationToken cancellation)
    {
        var transcript = new ScriptTranscript();
        using var first = cluster.Direct(0);
        using var away = cluster.Direct(Away);
        await EtcdScriptPuts.Put(first, Register, 1, cancellation);
        // A read that asks the others, so that it has what they have.
        var before = await Get(away, isSerializable: false, cancellation);
        transcript.Note($"n1 put {Register} 1; n3 get: {before}");
        var mend = cluster.Network.Cut(LinksOfOne, new EffectMark());
        try
        {
            await EtcdScriptPuts.Put(first, Register, 2, cancellation);
            var seen = new EtcdCutReads(
                await Get(away, isSerializable: true, cancellation),
                await Get(away, isSerializable: false, cancellation),
                await Get(first, isSerializable: false, cancellation));
            transcript.Note($"n3 cut off from n1 and n2; n1 put {Register} 2");
            transcript.Note($"n3 get, serializable: {seen.Alone ?? "no answer"}");
            transcript.Note($"n3 get: {seen.Asking ?? "no answer"}");
            transcript.Note($"n1 get: {seen.Majority ?? "no answer"}");
            return transcript.Finds(
                occurred(seen),
                $"after 2 was acknowledged by the majority, the member that is cut off answers"
                + $" {seen.Alone ?? "nothing"} to a serializable get and {seen.Asking ?? "nothing"} to a"
                + $" default one, the majority {seen.Majority ?? "nothing"}");
        }
        finally
        {
            mend();
            await Get(away, isSerializable: false, cancellation);
        }
    }

    static async Task<string?> Get(
        EtcdConnection member, bool isSerializable, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(s_patience);
        try
        {
            var found = await member.Store.GetAsync(
                EtcdRequests.Read(Register, isSerializable), null, null, time.Token);
            return $"{EtcdRequests.Register(found)}";
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
