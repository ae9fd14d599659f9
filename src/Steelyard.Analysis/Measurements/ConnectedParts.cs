using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// The connected parts of a cluster under some cuts. Nodes that every cut treats alike form a class, and
/// links are looked at between classes, so that ten thousand nodes in two halves cost as much as two.
/// </summary>
internal sealed class ConnectedParts
{
    readonly List<LinksCut> _cuts;
    readonly int[] _classOf;
    readonly List<byte[]> _roles = [];
    readonly List<int> _sizes = [];

    ConnectedParts(IReadOnlyList<string> nodes, List<LinksCut> cuts)
    {
        _cuts = cuts;
        _classOf = ClassesOf(nodes);
    }

    /// <summary>The parts, by their first nodes; the nodes of each in the order they came in.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(
        IReadOnlyList<string> nodes, IReadOnlyList<FaultEvent> active)
    {
        if (active.Count == 0)
            return [nodes];
        var cuts = active.SelectMany(fault => fault.Cuts).ToList();
        return new ConnectedParts(nodes, cuts).Parts(nodes);
    }

    // What each node is to each cut: a sender, a receiver, both, neither.
    int[] ClassesOf(IReadOnlyList<string> nodes)
    {
        var from = _cuts.Select(cut => cut.From.ToHashSet(StringComparer.Ordinal)).ToArray();
        var to = _cuts.Select(cut => cut.To.ToHashSet(StringComparer.Ordinal)).ToArray();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var classes = new int[nodes.Count];
        for (var node = 0; node < nodes.Count; node++)
        {
            var roles = new byte[_cuts.Count];
            for (var cut = 0; cut < roles.Length; cut++)
                roles[cut] = (byte)((from[cut].Contains(nodes[node]) ? 1 : 0)
                    | (to[cut].Contains(nodes[node]) ? 2 : 0));
            if (numbers.TryAdd(Convert.ToHexString(roles), _roles.Count))
            {
                _roles.Add(roles);
                _sizes.Add(0);
            }

            classes[node] = numbers[Convert.ToHexString(roles)];
            _sizes[classes[node]]++;
        }

        return classes;
    }

    List<IReadOnlyList<string>> Parts(IReadOnlyList<string> nodes)
    {
        var root = Enumerable.Range(0, _roles.Count).ToArray();
        var isJoined = new bool[_roles.Count];
        for (var left = 0; left < root.Length; left++)
            for (var right = left; right < root.Length; right++)
                if (IsWhole(left, right))
                {
                    root[RootOf(root, left)] = RootOf(root, right);
                    isJoined[left] = isJoined[right] = true;
                }

        var parts = new List<IReadOnlyList<string>>();
        var partOf = new Dictionary<int, List<string>>();
        for (var node = 0; node < nodes.Count; node++)
        {
            // Nodes of a class that is cut from itself and from all others stand alone.
            if (!isJoined[_classOf[node]])
            {
                parts.Add([nodes[node]]);
                continue;
            }

            var of = RootOf(root, _classOf[node]);
            if (!partOf.TryGetValue(of, out var part))
                parts.Add(partOf[of] = part = []);
            part.Add(nodes[node]);
        }

        return parts;
    }

    bool IsWhole(int left, int right)
    {
        if (left == right && _sizes[left] == 1)
            return true;
        for (var cut = 0; cut < _cuts.Count; cut++)
        {
            var (one, other) = (_roles[left][cut], _roles[right][cut]);
            if (((one & 1) != 0 && (other & 2) != 0) || ((other & 1) != 0 && (one & 2) != 0))
                return false;
        }

        return true;
    }

    static int RootOf(int[] root, int of)
    {
        while (root[of] != of)
            of = root[of];
        return of;
    }
}
