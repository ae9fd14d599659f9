namespace Steelyard.Designs.Architecture.Running;

/// <summary>What an instance of a service remembers of sessions, until it stops.</summary>
internal sealed class SessionMemory
{
    readonly Dictionary<int, long> _versions = [];
    readonly List<long> _writes = [];

    /// <summary>How many keys it knows.</summary>
    public int Count => _versions.Count;

    /// <summary>The writes it remembers, in order.</summary>
    public IReadOnlyList<long> Writes => _writes;

    /// <summary>The version of a key; 0 is nothing.</summary>
    public long VersionOf(int key) => _versions.GetValueOrDefault(key);

    public void Remember(ClientRequest request, long version)
    {
        _versions[request.Key] = version;
        _writes.Add(request.Id);
    }

    public void Clear()
    {
        _versions.Clear();
        _writes.Clear();
    }
}
