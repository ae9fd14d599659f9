using System.Globalization;
using Steelyard.Analysis.Workloads.Watches;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>
/// Puts and deletes of a few keys, and now and then a watch of all of them, from a revision about a hundred
/// changes back: some of what it tells is past, some is to come.
/// </summary>
internal sealed class WatchWorkload : IWorkload
{
    const string Prefix = "w/";
    const int Keys = 5;
    const int Back = 100;
    const double WatchShare = 0.02;
    const double DeleteShare = 0.2;

    long _written;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (turn.Random.Chance(WatchShare))
            return Watch();
        var key = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{turn.Random.Next(Keys)}");
        _written++;
        return turn.Random.Chance(DeleteShare)
            ? new(Functions.Delete, key, Value.Nil)
            : new(Functions.Put, key, _written);
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return Watch();
    }

    // Each write makes one revision, or none.
    Invocation Watch() => new(
        WatchEvents.Watch, Prefix,
        Value.Map(("revision", Math.Max(1, _written - Back)), ("prefix", Value.Of(true))))
    {
        IsSession = true,
    };
}
