using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Adds one to a counter, again and again, and reads it now and then and at the end.</summary>
/// <param name="counter">Its key.</param>
internal sealed class CounterWorkload(string counter) : IWorkload
{
    /// <summary>The function that adds.</summary>
    public const string Add = "add";

    /// <summary>The usual key.</summary>
    public const string Key = "c";

    const double ReadShare = 0.3;

    /// <summary>The workload with what is asked of it.</summary>
    /// <param name="judge">What it is held to, by set-up.</param>
    public static LiveWorkload Define(Func<EngineSetup, IChecker> judge) => new(
        "counter", "adds to a counter, and reads of it",
        _ => new CounterWorkload(Key), setup => [judge(setup)]);

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Random.Chance(ReadShare)
        ? new(Functions.Read, counter, Value.Nil) : new(Add, counter, 1);

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new(Functions.Read, counter, Value.Nil);
    }
}
