using Grpc.Core;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>Writes of scripts, which wait for a leader: what was cut off may have been one. A write that came
/// to nothing is tried again, and may then be there twice.</summary>
internal static class EtcdScriptPuts
{
    static readonly TimeSpan s_untilElected = TimeSpan.FromSeconds(15);
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);

    /// <summary>Writes a key.</summary>
    /// <returns>The revision that it made.</returns>
    public static async Task<long> Put(
        this EtcdConnection member, string key, long value, CancellationToken stop)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(s_untilElected);
        while (true)
        {
            using var once = CancellationTokenSource.CreateLinkedTokenSource(time.Token);
            once.CancelAfter(s_patience);
            try
            {
                var answer = await member.Store.PutAsync(
                    EtcdRequests.Put(key, EtcdRequests.Bytes(value)), null, null, once.Token);
                return answer.Header.Revision;
            }
            catch (RpcException) when (!time.IsCancellationRequested)
            {
                await Task.Delay(s_again, stop);
            }
        }
    }

    /// <summary>Writes ten keys again and again, many times at once.</summary>
    /// <param name="member">Whom it asks.</param>
    /// <param name="prefix">What the keys begin with.</param>
    /// <param name="writes">How many writes.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task PutMany(
        this EtcdConnection member, string prefix, int writes, CancellationToken stop)
    {
        await member.Put($"{prefix}0", 0, stop);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, writes), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (i, _) => await member.Put($"{prefix}{i % 10}", i, stop));
    }
}
