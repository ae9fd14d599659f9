namespace Steelyard.Designs.Architecture.Running;

/// <summary>Slots that go from one shard to another.</summary>
/// <param name="From">The shard that has them.</param>
/// <param name="To">The shard that is to have them.</param>
/// <param name="Slots">Which, in order.</param>
internal sealed record SlotsToMove(int From, int To, IReadOnlyList<int> Slots);

/// <summary>Which slots move, so that no shard is asked for much more than the others.</summary>
internal static class RebalancePlan
{
    // What is closer to the mean is not worth a move.
    const double CloseToMean = 1.05;

    /// <summary>From the busiest shard to the idlest one, again and again, the slot after which the busier of
    /// both does least; until the busiest is close to the mean, or no slot makes it better.</summary>
    /// <param name="asked">How often each slot was asked for.</param>
    /// <param name="shardOf">The shard of each slot.</param>
    /// <param name="shards">How many shards there are.</param>
    /// <param name="stays">Whether a slot cannot move.</param>
    public static IReadOnlyList<SlotsToMove> Of(
        IReadOnlyList<long> asked, IReadOnlyList<int> shardOf, int shards, Func<int, bool> stays)
    {
        var load = LoadOf(asked, shardOf, shards);
        var moves = new SortedDictionary<(int From, int To), List<int>>();
        var hasMoved = new bool[asked.Count];
        var most = CloseToMean * load.Average();
        while (true)
        {
            var (from, to) = (Array.IndexOf(load, load.Max()), Array.IndexOf(load, load.Min()));
            var best = -1;
            for (var slot = 0; slot < asked.Count && load[from] > most; slot++)
                if (shardOf[slot] == from && !hasMoved[slot] && asked[slot] > 0 && !stays(slot)
                    && After(slot) < load[from] && (best < 0 || IsBetter(slot)))
                    best = slot;
            if (best < 0)
                return [.. moves.Select(move => new SlotsToMove(move.Key.From, move.Key.To, move.Value))];
            hasMoved[best] = true;
            load[from] -= asked[best];
            load[to] += asked[best];
            if (!moves.TryGetValue((from, to), out var slots))
                moves.Add((from, to), slots = []);
            slots.Add(best);

            // Of equals the one that is asked for less, which leaves more to choose from.
            bool IsBetter(int slot) =>
                (After(slot), asked[slot]).CompareTo((After(best), asked[best])) < 0;
            long After(int slot) => Math.Max(load[from] - asked[slot], load[to] + asked[slot]);
        }
    }

    /// <summary>How many times what a mean shard is asked for the busiest one is; 0 where none is.</summary>
    public static double Unevenness(IReadOnlyList<long> asked, IReadOnlyList<int> shardOf, int shards) =>
        LoadOf(asked, shardOf, shards) is var load && load.Sum() == 0 ? 0 : load.Max() / load.Average();

    static long[] LoadOf(IReadOnlyList<long> asked, IReadOnlyList<int> shardOf, int shards)
    {
        var load = new long[shards];
        for (var slot = 0; slot < asked.Count; slot++)
            load[shardOf[slot]] += asked[slot];
        return load;
    }
}
