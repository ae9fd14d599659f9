using Etcdserverpb;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using static Steelyard.Live.Engines.Etcd.EtcdRequests;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>
/// A transaction of reads of lists and appends to them. etcd's own transactions compare before they read, so
/// this takes two of them: one reads all keys, the other writes if none of them was written since. What only
/// reads is done after the first.
/// </summary>
internal sealed class EtcdTransaction(EtcdConnection connection, bool isSerializable)
{
    readonly SortedDictionary<string, (List<long> Numbers, long Revision)> _lists =
        new(StringComparer.Ordinal);

    readonly SortedSet<string> _appended = new(StringComparer.Ordinal);

    /// <summary>Runs its steps.</summary>
    /// <returns>The steps with what they read; Fail where another one came between.</returns>
    public async Task<Completion> Run(Value steps, CancellationToken stop)
    {
        await ReadLists(steps, stop);
        var done = Value.List([.. steps.AsList.ToArray().Select(Do)]);
        if (_appended.Count == 0)
            return Completion.Ok(done);
        var request = new TxnRequest();
        foreach (var (key, list) in _lists)
            request.Compare.Add(WrittenAt(key, list.Revision));
        foreach (var key in _appended)
            request.Success.Add(ThenPut(key, Bytes(_lists[key].Numbers)));
        var answer = await connection.Store.TransactionAsync(request, null, null, stop);
        return answer.Succeeded ? Completion.Ok(done) : Completion.Fail("another came between");
    }

    async Task ReadLists(Value steps, CancellationToken stop)
    {
        var request = new TxnRequest();
        foreach (var step in steps.AsList)
            if (_lists.TryAdd(KeyOf(step), ([], 0)))
                request.Success.Add(new RequestOp { RequestRange = Read(KeyOf(step), isSerializable) });
        var answer = await connection.Store.TransactionAsync(request, null, null, stop);
        foreach (var found in answer.Responses.SelectMany(one => one.ResponseRange.Kvs))
            _lists[found.Key.ToStringUtf8()] = (Numbers(found.Value), found.ModRevision);
    }

    Value Do(Value step)
    {
        var key = KeyOf(step);
        var numbers = _lists[key].Numbers;
        if (step.AsList[0] == "r")
            return Value.List(
                "r", step.AsList[1], Value.List([.. numbers.Select(number => (Value)number)]));
        numbers.Add(step.AsList[2].AsInteger);
        _appended.Add(key);
        return step;
    }

    static string KeyOf(Value step) => $"l/{step.AsList[1]}";
}
