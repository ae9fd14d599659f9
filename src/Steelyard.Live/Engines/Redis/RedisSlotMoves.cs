using System.Globalization;
using System.Net;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Moves slots with their keys from a primary to another while both serve, as
/// <c>redis-cli --cluster reshard</c> does it.</summary>
/// <param name="source">A connection with who owns them.</param>
/// <param name="sourceId">Its name.</param>
/// <param name="target">A connection with who is to own them.</param>
/// <param name="to">The other one.</param>
internal sealed class RedisSlotMoves(
    RespConnection source, string sourceId, RespConnection target, ShardServer to)
{
    const int AtOnce = 128;
    const string MostKeys = "1000";
    const string MoveWithin = "5000";

    /// <summary>Moves slots. Given up in between, some are moved, and others are on their way; asked again
    /// for those, it goes on.</summary>
    public async Task Move(IEnumerable<int> slots, CancellationToken cancellation)
    {
        foreach (var some in slots.Select(Number).Chunk(AtOnce))
        {
            await target.AskAll([.. some.Select(slot => Set(slot, "IMPORTING", sourceId))], cancellation);
            await source.AskAll([.. some.Select(slot => Set(slot, "MIGRATING", to.Id))], cancellation);
            await MoveKeys(some, cancellation);
            string[][] owned = [.. some.Select(slot => Set(slot, "NODE", to.Id))];
            await target.AskAll(owned, cancellation);
            await TellSource(owned, cancellation);
        }
    }

    // A key that is not there is made at the other one by now, so that what is there gets fewer.
    async Task MoveKeys(string[] slots, CancellationToken cancellation)
    {
        string[] left = slots;
        while (left.Length > 0)
        {
            var keys = await source.AskAll(
                [.. left.Select(slot => new[] { "CLUSTER", "GETKEYSINSLOT", slot, MostKeys })], cancellation);
            left = [.. left.Where((_, place) => keys[place] is object?[] { Length: > 0 })];
            foreach (var some in keys.OfType<object?[]>().Where(some => some.Length > 0))
                await source.Ask(
                    [
                        "MIGRATE", $"{to.Address.Address}", Number(to.Address.Port), "", "0", MoveWithin,
                        "KEYS", .. some.Cast<string>(),
                    ],
                    cancellation);
        }
    }

    // Who has lost its last slot may have heard of that, and follows the other one by now.
    async Task TellSource(string[][] owned, CancellationToken cancellation)
    {
        try
        {
            await source.AskAll(owned, cancellation);
        }
        catch (RespErrorException error) when (
            error.Message.Contains("only with masters", StringComparison.Ordinal))
        {
            // Then it knows.
        }
    }

    static string[] Set(string slot, string how, string id) => ["CLUSTER", "SETSLOT", slot, how, id];

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
