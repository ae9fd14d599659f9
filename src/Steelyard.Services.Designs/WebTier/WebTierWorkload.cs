using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.WebTier;

/// <summary>Visitors, each with a session of their own, who write into it and read it.</summary>
internal sealed class WebTierWorkload : IWorkload
{
    const double WriteShare = 0.4;

    long _last;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Random.Chance(WriteShare)
        ? new(Functions.Write, SessionOf(turn), ++_last)
        : new(Functions.Read, SessionOf(turn), Value.Nil);

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) =>
        [new(Functions.Read, SessionOf(turn), Value.Nil)];

    static Value SessionOf(in Turn turn) => "s" + turn.Client.ToString(CultureInfo.InvariantCulture);
}
