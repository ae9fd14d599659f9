using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Networks;

/// <summary>The gates of all directed links that go through proxies, and what is done to them.</summary>
internal sealed class GateTable
{
    readonly Dictionary<(int From, int To), LinkGate> _gates = [];
    readonly Lock _lock = new();

    /// <summary>What a connection goes through that the one opens to the other.</summary>
    public LinkGates Between(int from, int to)
    {
        lock (_lock)
            return new(GateOf((from, to)), GateOf((to, from)));
    }

    /// <summary>Holds back what is sent over links.</summary>
    /// <returns>What ends it.</returns>
    public Action Cut(IReadOnlyList<(int From, int To)> links, EffectMark effect)
    {
        var gates = Of(links);
        gates.ForEach(gate => gate.Cut(effect));
        return () => gates.ForEach(gate => gate.Mend());
    }

    /// <summary>Makes late what is sent over links.</summary>
    /// <returns>What ends it.</returns>
    public Action Worsen(IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect)
    {
        if (trouble with { Loss = 0 } == LinkTrouble.None)
            return () => { };
        var gates = Of(links);
        gates.ForEach(gate => gate.Pace.Worsen(trouble, effect));
        return () => gates.ForEach(gate => gate.Pace.Better(effect));
    }

    /// <summary>Resets the connections that were opened over links, and new ones too where they are
    /// refused.</summary>
    /// <returns>What ends it.</returns>
    public Action Reset(IReadOnlyList<(int From, int To)> links, bool refuses, EffectMark effect)
    {
        var gates = Of(links);
        foreach (var gate in gates)
        {
            if (refuses)
                gate.Refuse(effect);
            if (gate.ForEachOpened(connection => connection.Break()))
                effect.Set();
        }

        return () => gates.ForEach(gate => gate.Admit(effect));
    }

    /// <summary>Lets the receivers of links forget the connections that are open over them, whoever opened
    /// them; senders keep them.</summary>
    /// <returns>What ends it.</returns>
    public Action Forget(IReadOnlyList<(int Keeper, int Forgetter)> links, EffectMark effect)
    {
        var forgotten = new List<LinkConnection>();
        foreach (var (keeper, forgetter) in links)
        {
            var gates = Between(keeper, forgetter);
            gates.Forth.ForEachOpened(connection => Forget(connection, nearKeeps: true));
            gates.Back.ForEachOpened(connection => Forget(connection, nearKeeps: false));
        }

        if (forgotten.Count > 0)
            effect.Set();
        return () => forgotten.ForEach(connection => connection.Remember());

        void Forget(LinkConnection connection, bool nearKeeps)
        {
            forgotten.Add(connection);
            connection.Forget(nearKeeps);
        }
    }

    List<LinkGate> Of(IReadOnlyList<(int From, int To)> links)
    {
        lock (_lock)
            return [.. links.Select(GateOf)];
    }

    LinkGate GateOf((int From, int To) link)
    {
        if (!_gates.TryGetValue(link, out var gate))
            _gates.Add(link, gate = new());
        return gate;
    }
}
