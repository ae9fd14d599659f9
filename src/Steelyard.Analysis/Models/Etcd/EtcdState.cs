using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Etcd;

/// <summary>What an etcd holds: its revision, its keys with what is known of each, and its leases.</summary>
/// <param name="Revision">1 when nothing was written yet.</param>
/// <param name="Keys">By key, the list of value, revision of its last change, how often it was written since
/// it was made, and lease (0 for none).</param>
/// <param name="Leases">The leases that were granted and not revoked, ascending.</param>
internal readonly record struct EtcdState(long Revision, Value Keys, Value Leases)
{
    /// <summary>One that was just started.</summary>
    public static EtcdState Fresh => new(1, Value.Map(), Value.EmptyList);

    /// <summary>The value of a key; nil when it is not there.</summary>
    public Value Of(Value key) => Field(key, 0);

    /// <summary>At which revision a key was last changed; 0 when it is not there.</summary>
    public Value ModOf(Value key) => Number(key, 1);

    /// <summary>How often a key was written since it was made; 0 when it is not there.</summary>
    public Value VersionOf(Value key) => Number(key, 2);

    /// <summary>Whether a key is there.</summary>
    public bool Has(Value key) => !Keys[key].IsNil;

    /// <summary>The same with a key written by the change that makes a revision.</summary>
    public EtcdState Put(Value key, Value value, Value lease, long revision) => this with
    {
        Keys = With(key, Value.List(value, revision, VersionOf(key).AsInteger + 1, lease)),
    };

    /// <summary>The same without a key.</summary>
    public EtcdState Without(Value key)
    {
        var kept = new List<(Value, Value)>();
        foreach (var (other, held) in Keys.AsMap)
            if (other != key)
                kept.Add((other, held));
        return this with { Keys = Value.Map([.. kept]) };
    }

    /// <summary>The same with a lease granted.</summary>
    public EtcdState Grant(Value lease)
    {
        var leases = new SortedSet<Value> { lease };
        foreach (var other in Leases.AsList)
            leases.Add(other);
        return this with { Leases = Value.List([.. leases]) };
    }

    /// <summary>The same with a lease revoked, and the keys that hung on it gone.</summary>
    public EtcdState Revoke(Value lease)
    {
        var (kept, leases) = (new List<(Value, Value)>(), new List<Value>());
        foreach (var (key, held) in Keys.AsMap)
            if (held.AsList[3] != lease)
                kept.Add((key, held));
        foreach (var other in Leases.AsList)
            if (other != lease)
                leases.Add(other);
        var isChange = kept.Count < Keys.AsMap.Length;
        return new(
            isChange ? Revision + 1 : Revision, isChange ? Value.Map([.. kept]) : Keys,
            Value.List([.. leases]));
    }

    /// <summary>Whether a lease may be used: none, or one that was granted.</summary>
    public bool CanUse(Value lease)
    {
        if (lease == 0)
            return true;
        foreach (var granted in Leases.AsList)
            if (granted == lease)
                return true;
        return false;
    }

    Value Field(Value key, int place) => Keys[key] is { IsNil: false } held ? held.AsList[place] : Value.Nil;

    Value Number(Value key, int place) => Field(key, place) is { IsNil: false } number ? number : 0;

    Value With(Value key, Value held)
    {
        var pairs = new List<(Value, Value)> { (key, held) };
        foreach (var (other, kept) in Keys.AsMap)
            if (other != key)
                pairs.Add((other, kept));
        return Value.Map([.. pairs]);
    }
}
