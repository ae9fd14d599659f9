using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Presence;

/// <summary>Users who come, stay for a while and go, some without a word, some over another network in
/// between; and others who look who is online.</summary>
/// <param name="users">How many users there are; clients beyond them only look.</param>
internal sealed class PresenceWorkload(int users) : IWorkload
{
    /// <summary>The function: a user is there for a while. Key:
    /// the user; output: the history of the device.</summary>
    public const string Stay = "stay";

    /// <summary>The function: who is online? Output: the users.</summary>
    public const string Look = "look";

    const double MovesShare = 0.3;
    const double VanishesShare = 0.5;
    const int ShortestMs = 5_000;
    const int LongestMs = 15_000;

    long _stays;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (turn.Client >= users)
            return new(Look, Value.Nil, Value.Nil);
        var lasts = turn.Random.Next(ShortestMs, LongestMs);
        var moves = turn.Random.Chance(MovesShare) ? (Value)turn.Random.Next(lasts) : Value.Nil;
        return new(Stay, turn.Client, Value.Map(
            ("stay", ++_stays), ("users", users), ("lasts", lasts), ("moves", moves),
            ("vanishes", Value.Of(turn.Random.Chance(VanishesShare))))) { IsSession = true };
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) =>
        turn.Client >= users ? [new(Look, Value.Nil, Value.Nil)] : [];
}
