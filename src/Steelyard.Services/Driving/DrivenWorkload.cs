using Steelyard.Histories;
using Steelyard.Services.Hosting;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Driving;

/// <summary>Draws the requests of a load. What is sent stands in the input, so that a history tells all of
/// it.</summary>
internal sealed class DrivenWorkload(DrivenKinds kinds, IReadOnlyList<string> watched) : IWorkload
{
    /// <summary>The words of an input.</summary>
    public const string Id = "id", Sent = "sent", Written = "value", Kind = "as", Sql = "sql",
        Source = "database";

    /// <summary>The words of what is sent.</summary>
    public const string Path = "path", Body = "body", Headers = "headers";

    readonly double _weight = kinds.Sent.Sum(kind => kind.Source.Weight);
    long _drawn;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        var at = turn.Random.NextDouble() * _weight;
        var kind = kinds.Sent.FirstOrDefault(one => (at -= one.Source.Weight) < 0) ?? kinds.Sent[^1];
        return Invoke(kind, new(kinds.Load, ++_drawn, turn.Random));
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        if (turn.Client > 0)
            yield break;
        foreach (var (read, kind) in kinds.Read)
            if (kind is null)
                yield return new(
                    Functions.ReplicaState, read.Place ?? kinds.DatabaseOf(read),
                    Value.Map((Sql, read.Sql), (Source, kinds.DatabaseOf(read))));
            else
                foreach (var invocation in OfKeys(kind, turn))
                    yield return invocation;
        foreach (var host in watched)
            yield return new(ServedCalls.Function, host, Value.Nil);
    }

    IEnumerable<Invocation> OfKeys(DrivenKind kind, Turn turn)
    {
        for (var key = 0; key < (kind.IsOfKey ? kinds.Load.Keys : 1); key++)
        {
            var drawn = new Drawn(kinds.Load, ++_drawn, turn.Random);
            yield return Invoke(kind, kind.IsOfKey ? drawn.OfKey(key) : drawn);
        }
    }

    static Invocation Invoke(DrivenKind kind, Drawn drawn)
    {
        var made = kind.Source.Make(new(drawn));
        var told = new List<(Value, Value)>();
        if (!kind.IsRead)
            told.Add((Id, made.OwnId ?? drawn.Id));
        told.Add((Sent, WhatIsSent(made)));
        if (!made.Written.IsNil)
            told.Add((Written, made.Written));
        if (!made.ListsApplied)
            return new(kind.Function, drawn.HasKey ? drawn.Key : Value.Nil, Value.Map([.. told]));
        told.Add((Kind, kind.Function));
        return new(
            Functions.ReplicaState, kind.Source.Name ?? string.Join(" or ", kind.Hosts),
            Value.Map([.. told]));
    }

    static Value WhatIsSent(HttpOperation made)
    {
        var sent = new List<(Value, Value)> { (Path, made.Path) };
        if (made.Body is { } body)
            sent.Add((Body, body));
        if (made.Headers.Count > 0)
            sent.Add((Headers, Value.Map(
                [.. made.Headers.Select(header => ((Value)header.Key, (Value)header.Value))])));
        return Value.Map([.. sent]);
    }
}
