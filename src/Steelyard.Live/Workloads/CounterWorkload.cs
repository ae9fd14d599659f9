using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Adds small numbers to one counter and reads it.</summary>
internal sealed class CounterWorkload : IWorkload
{
    /// <summary>The function that adds.</summary>
    public const string Add = "add";

    /// <summary>The counter's key.</summary>
    public const string Key = "c";

    const double ReadShare = 0.3;
    const int MostAdded = 5;

    /// <summary>The workload with what is asked of it.</summary>
    /// <param name="judge">What it is held to, by set-up.</param>
    public static LiveWorkload Define(Func<EngineSetup, IChecker> judge) => new(
        "counter", "adds to a counter, and reads of it",
        _ => new CounterWorkload(), setup => [judge(setup)]);

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Random.Chance(ReadShare)
        ? new(Functions.Read, Key, Value.Nil)
        : new(Add, Key, 1 + turn.Random.Next(MostAdded));

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new(Functions.Read, Key, Value.Nil);
    }
}
