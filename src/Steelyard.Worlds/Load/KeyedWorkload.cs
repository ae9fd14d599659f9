using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>What the workloads of registers and maps have in common.</summary>
public sealed record KeyedLoad
{
    /// <summary>How many hot keys, on which operations meet. At least 1.</summary>
    public int Keys { get; init; } = 3;

    /// <summary>How many cold keys, each written a few times in a run: what goes wrong there is not soon
    /// overwritten.</summary>
    public int ColdKeys { get; init; } = 60;

    /// <summary>Share of operations on hot keys, in [0, 1].</summary>
    public double HotShare { get; init; } = 0.5;

    /// <summary>Share of operations that read, in [0, 1].</summary>
    public double ReadShare { get; init; } = 0.5;

    /// <summary>Share of the writes that are compare-and-sets (registers) or appends (maps), in [0,
    /// 1].</summary>
    public double ConditionalShare { get; init; }

    /// <summary>Clients of the scenario: they share the replicas among them for the final reads.</summary>
    public required int Clients { get; init; }

    /// <summary>Replicas whose state is read at the end: the first so many nodes.</summary>
    public required int Replicas { get; init; }
}

/// <summary>Reads and writes on a few keys, every written value only once.</summary>
public abstract class KeyedWorkload(KeyedLoad load) : IWorkload
{
    static readonly string[] Names = ["x", "y", "z"];

    long _written;

    /// <summary>How the load is mixed.</summary>
    protected KeyedLoad Load { get; } = load;

    /// <summary>The function that reads a key.</summary>
    protected abstract string ReadFunction { get; }

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        var hot = Load.ColdKeys == 0 || turn.Random.Chance(Load.HotShare);
        var key = KeyOf(hot ? turn.Random.Next(Load.Keys) : Load.Keys + turn.Random.Next(Load.ColdKeys));
        return turn.Random.Chance(Load.ReadShare)
            ? new(ReadFunction, key, Value.Nil)
            : Write(key, ++_written, turn.Random);
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        for (var key = 0; key < Load.Keys; key++)
            yield return new(ReadFunction, KeyOf(key), Value.Nil);
        for (var cold = turn.Client; cold < Load.ColdKeys; cold += Load.Clients)
            yield return new(ReadFunction, KeyOf(Load.Keys + cold), Value.Nil);
        for (var node = turn.Client; node < Load.Replicas; node += Load.Clients)
            yield return new(Functions.ReplicaState, $"n{node + 1}", Value.Nil, turn.Nodes[node]);
    }

    /// <summary>One write.</summary>
    /// <param name="key">Of this key.</param>
    /// <param name="number">Distinct in the run, from 1.</param>
    /// <param name="random">The workload's stream.</param>
    protected abstract Invocation Write(Value key, long number, SeededRandom random);

    static string KeyOf(int number) => number < Names.Length ? Names[number] : $"k{number + 1}";
}

/// <summary>Registers: read, write, compare and set; the values are numbers.</summary>
public sealed class RegisterWorkload(KeyedLoad load) : KeyedWorkload(load)
{
    // A compare with a value written lately has a fair chance to match.
    const int Lately = 3;

    readonly SortedDictionary<Value, long> _last = [];

    /// <inheritdoc/>
    protected override string ReadFunction => Functions.Read;

    /// <inheritdoc/>
    protected override Invocation Write(Value key, long number, SeededRandom random)
    {
        var conditional = random.Chance(Load.ConditionalShare);
        var expected = _last.GetValueOrDefault(key) - (conditional ? random.Next(Lately) : 0);
        _last[key] = number;
        return conditional && expected > 0
            ? new(Functions.Cas, key, Value.List(expected, number))
            : new(Functions.Write, key, number);
    }
}

/// <summary>A map: get, put, append; the texts are numbers, appended ones with a comma before.</summary>
public sealed class KvWorkload(KeyedLoad load) : KeyedWorkload(load)
{
    /// <inheritdoc/>
    protected override string ReadFunction => Functions.Get;

    /// <inheritdoc/>
    protected override Invocation Write(Value key, long number, SeededRandom random) =>
        random.Chance(Load.ConditionalShare)
            ? new(Functions.Append, key, $",{number}")
            : new(Functions.Put, key, $"{number}");
}
