using Etcdserverpb;
using static Steelyard.Live.Engines.Etcd.EtcdRequests;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>A lock as etcd's recipes make it: a key under a lease, made where it is not there. The revision
/// that made it is its token.</summary>
/// <param name="Key">The key.</param>
/// <param name="Token">The revision that made it.</param>
/// <param name="Lease">The lease it is under.</param>
internal sealed record EtcdLock(string Key, long Token, EtcdLease Lease)
{
    /// <summary>Takes it under a lease.</summary>
    /// <returns>Null where somebody else has it.</returns>
    public static async Task<EtcdLock?> TryTake(
        EtcdConnection connection, string key, EtcdLease lease, CancellationToken stop)
    {
        var put = Put(key, Bytes("held"));
        put.Lease = lease.Id;
        var request = new TxnRequest
        {
            Compare = { ThereSince(key, 0) }, Success = { new RequestOp { RequestPut = put } },
        };
        var answer = await connection.Store.TransactionAsync(request, null, null, stop);
        return answer.Succeeded ? new(key, answer.Header.Revision, lease) : null;
    }

    /// <summary>Gives it back.</summary>
    /// <returns>Whether it was still ours.</returns>
    public async Task<bool> GiveBack(EtcdConnection connection, CancellationToken stop)
    {
        var request = new TxnRequest
        {
            Compare = { ThereSince(Key, Token) },
            Success = { new RequestOp { RequestDeleteRange = new() { Key = Bytes(Key) } } },
        };
        return (await connection.Store.TransactionAsync(request, null, null, stop)).Succeeded;
    }
}
