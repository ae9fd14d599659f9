using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Cart;

/// <summary>Shoppers who share carts: they add entries, remove some, and look. New carts come up as old ones
/// fill. At the end every replica is read.</summary>
internal sealed class CartWorkload : IWorkload
{
    /// <summary>The function: puts an entry into a cart.</summary>
    public const string Add = "add";

    /// <summary>The function: takes one out.</summary>
    public const string Remove = "remove";

    /// <summary>The function: all entries of a cart.</summary>
    public const string Look = "look";

    const double LookShare = 0.45;
    const double AddShare = 0.4;
    const int EntriesOfCart = 20;
    const int CartsInUse = 2;

    int _entries;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (_entries == 0 || turn.Random.Chance(AddShare))
            return Of(Add, ++_entries);
        var recent = Math.Min(_entries, EntriesOfCart * CartsInUse);
        var chosen = _entries - turn.Random.Next(recent);
        return turn.Random.Chance(LookShare / (1 - AddShare))
            ? new(Look, CartOf(chosen), Value.Nil)
            : Of(Remove, chosen);
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) => turn.Client != 0 ? []
        : CartWorld.Hosts.Select(host => new Invocation(Functions.ReplicaState, host, Value.Nil));

    // Neighbours in number lie in different carts.
    static string CartOf(int entry)
    {
        var group = (entry - 1) / (EntriesOfCart * CartsInUse);
        return $"c{(group * CartsInUse) + (entry % CartsInUse) + 1}";
    }

    static Invocation Of(string function, int entry) => new(function, CartOf(entry), $"e{entry}");
}
