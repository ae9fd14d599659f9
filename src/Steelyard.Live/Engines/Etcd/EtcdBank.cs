using System.Globalization;
using Etcdserverpb;
using Steelyard.Histories;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;
using static Steelyard.Live.Engines.Etcd.EtcdRequests;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>
/// A bank in etcd: a key for each account that was changed, and one for each transfer that was done. A
/// transfer reads both accounts, and writes them if neither was written since.
/// </summary>
internal sealed class EtcdBank(EtcdConnection connection, bool isSerializable)
{
    const string Accounts = "bank/account/";
    const string Transfers = "bank/transfer/";

    // Others come between now and then; who still loses after so many has been refused.
    const int MostTries = 5;

    /// <summary>Moves money.</summary>
    /// <returns>Ok with whether there was enough; Fail where others came between each time.</returns>
    public async Task<Completion> Transfer(Value asked, CancellationToken stop)
    {
        var (from, to, cents) = (Key(asked["from"]), Key(asked["to"]), asked["amount"].AsInteger);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var read = await connection.Store.TransactionAsync(
                new TxnRequest { Success = { Get(from), Get(to) } }, null, null, stop);
            var ((there, since), (other, otherSince)) = (Held(read, 0), Held(read, 1));
            if (there < cents)
                return Completion.Ok(Value.Of(false));
            var request = new TxnRequest
            {
                Compare = { WrittenAt(from, since), WrittenAt(to, otherSince) },
                Success =
                {
                    ThenPut(from, Bytes(there - cents)), ThenPut(to, Bytes(other + cents)),
                    ThenPut(Transfers + asked["id"].AsText, Bytes(cents)),
                },
            };
            if ((await connection.Store.TransactionAsync(request, null, null, stop)).Succeeded)
                return Completion.Ok(Value.Of(true));
        }

        return Completion.Fail("others came between");
    }

    /// <summary>Reads all balances.</summary>
    public async Task<Completion> Balances(CancellationToken stop)
    {
        var found = await connection.Store.GetAsync(ReadAll(Accounts, isSerializable), null, null, stop);
        return Completion.Ok(Balances(found));
    }

    /// <summary>Reads all that one member holds, which asks no other.</summary>
    public static async Task<Completion> State(EtcdConnection member, CancellationToken stop)
    {
        var all = new RangeRequest
        {
            Key = Everything.Key, RangeEnd = Everything.End, Serializable = true,
        };
        var found = await member.Store.GetAsync(all, null, null, stop);
        return Completion.Ok(ReplicaStates.Of(
            Balances(found),
            found.Kvs.Select(one => one.Key.ToStringUtf8())
                .Where(key => key.StartsWith(Transfers, StringComparison.Ordinal))
                .Select(key => key[Transfers.Length..]),
            found.Kvs.Where(one => !one.Key.ToStringUtf8().Contains('/', StringComparison.Ordinal))
                .Select(one => (one.Key.ToStringUtf8(), Value.Of(Number(one.Value))))));
    }

    static Value Balances(RangeResponse found) => ReplicaStates.Balances(
        found.Kvs.Where(one => one.Key.ToStringUtf8().StartsWith(Accounts, StringComparison.Ordinal))
            .ToDictionary(
                one => long.Parse(
                    one.Key.ToStringUtf8()[Accounts.Length..], CultureInfo.InvariantCulture),
                one => Number(one.Value)));

    static string Key(Value account) => $"{Accounts}{account}";

    static RequestOp Get(string key) => new() { RequestRange = Read(key) };

    static (long Cents, long Revision) Held(TxnResponse read, int place) =>
        read.Responses[place].ResponseRange.Kvs is [var one]
            ? (Number(one.Value), one.ModRevision)
            : (TransferWorkload.OpeningCents, 0);
}
