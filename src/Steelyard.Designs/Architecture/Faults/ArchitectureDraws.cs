using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Architecture.Faults;

/// <summary>
/// How faults are drawn for an architecture: instances crash, once or again and again; calls between two
/// parts are lost, or take longer, or their answers do; instances are slow, refuse, lose what they cache, or
/// are deployed anew. Never clients, and never all instances of a part unless it stands that.
/// </summary>
internal sealed class ArchitectureDraws
{
    const int MostRestarts = 5;
    const double MostLoss = 0.3;
    const double MostSlowdown = 20;
    static readonly TimeSpan ShortestDown = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestDown = TimeSpan.FromSeconds(1);

    readonly bool _alone;
    readonly List<IReadOnlyList<string>> _parts = [];
    readonly List<IReadOnlyList<string>> _stations = [];
    readonly List<IReadOnlyList<string>> _caches = [];
    readonly List<(IReadOnlyList<string> From, IReadOnlyList<string> To)> _calls = [];

    ArchitectureDraws(ArchitectureGraph graph, InstanceDirectory directory)
    {
        _alone = graph.Tolerates.Alone;
        foreach (var part in graph.Parts.Where(part => part is StationPart or JobPart))
        {
            var names = NamesOf(directory, part);
            _parts.Add(names);
            if (part is StationPart)
                _stations.Add(names);
            if (part is CachePart)
                _caches.Add(names);
            foreach (var edge in part.Calls)
                _calls.Add((names, NamesOf(directory, graph.PartOf(edge.To))));
        }
    }

    /// <summary>Those of an architecture.</summary>
    public static FaultRepertoire Of(ArchitectureGraph graph, InstanceDirectory directory)
    {
        var own = new ArchitectureDraws(graph, directory);
        return new(
            [
                Draw(CrashFault.Defined, own.Crash, own.MayBeDown),
                Draw(CrashFault.Defined, own.Restarts, own.MayBeDown),
                Draw(CutFault.Defined, own.Cut, own.HasCalls),
                Draw(LinkFault.Defined, own.Worse, own.HasCalls),
                Draw(DegradeFault.Defined, own.Slow, own.MayDegrade),
                Draw(DegradeFault.Defined, own.Away, own.MayBeAway),
                Draw(DegradeFault.Defined, own.Flush, own.MayBeFlushed),
            ],
            [
                Draw(CrashFault.Defined, own.CrashAll, static _ => true),
                Draw(DegradeFault.Defined, own.RefuseAll, static _ => true),
            ]);
    }

    static FaultDraw Draw(
        FaultKind kind, Func<FaultDraws, IEnumerable<Fault>> next, Func<FaultDraws, bool> fits) =>
        new(kind.Word, draws => [.. next(draws)]) { Fits = fits };

    // What is scaled has its first instances at the start.
    static IReadOnlyList<string> NamesOf(InstanceDirectory directory, Part part) =>
        [.. directory.Of(part.Name).Take(part.AtStart).Select(node => directory.NameOf(node.Index))];

    bool MayBeDown(FaultDraws draws) => draws.Tolerance.NodesDown > 0 && Standing(_parts).Any();

    bool HasCalls(FaultDraws draws) => draws.Tolerance.Network && _calls.Count > 0;

    bool MayDegrade(FaultDraws draws) => draws.Tolerance.Pauses && _stations.Count > 0;

    bool MayBeAway(FaultDraws draws) =>
        draws.Tolerance is { Pauses: true, NodesDown: > 0 } && Standing(_stations).Any();

    bool MayBeFlushed(FaultDraws draws) => draws.Tolerance.Pauses && _caches.Count > 0;

    // Parts of which something is left when an instance is gone.
    IEnumerable<IReadOnlyList<string>> Standing(IReadOnlyList<IReadOnlyList<string>> parts) =>
        parts.Where(part => _alone || part.Count > 1);

    string[] Some(FaultDraws draws, IReadOnlyList<IReadOnlyList<string>> parts)
    {
        var part = draws.Random.Choose([.. Standing(parts)]);
        var most = Math.Min(draws.Tolerance.NodesDown, part.Count - (_alone ? 0 : 1));
        return Some(draws, part, draws.Random.Next(1, most + 1));
    }

    static string[] Some(FaultDraws draws, IReadOnlyList<string> names, int count)
    {
        string[] all = [.. names];
        draws.Random.Shuffle(all);
        return [.. all.Take(count).Order(StringComparer.Ordinal)];
    }

    static string[] Any(FaultDraws draws, IReadOnlyList<string> names) =>
        Some(draws, names, draws.Random.Next(1, names.Count + 1));

    IEnumerable<Fault> Crash(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        yield return new CrashFault { At = at, For = lasts, Nodes = Some(draws, _parts) };
    }

    // It is back before others have given it up.
    IEnumerable<Fault> Restarts(FaultDraws draws)
    {
        var ((at, _), nodes) = (draws.Window(), Some(draws, _parts)[..1]);
        for (var left = draws.Random.Next(2, MostRestarts + 1); left > 0; left--)
        {
            var down = FaultDraws.Rounded(draws.Random.Between(ShortestDown, LongestDown));
            if (at + down > draws.Latest)
                yield break;
            yield return new CrashFault { At = at, For = down, Nodes = nodes };
            at += down + FaultDraws.Rounded(draws.Random.Between(ShortestDown, LongestDown));
        }
    }

    // Calls are lost, or their answers, or both.
    IEnumerable<Fault> Cut(FaultDraws draws)
    {
        var ((at, lasts), (callers, called)) = (draws.Window(), draws.Random.Choose(_calls));
        var (from, to) = (Any(draws, callers), Any(draws, called));
        yield return draws.Random.Next(3) switch
        {
            0 => new CutFault { At = at, For = lasts, From = from, To = to },
            1 => new CutFault { At = at, For = lasts, From = to, To = from },
            _ => new PartitionFault { At = at, For = lasts, Groups = [from, to] },
        };
    }

    IEnumerable<Fault> Worse(FaultDraws draws)
    {
        var ((at, lasts), (callers, called)) = (draws.Window(), draws.Random.Choose(_calls));
        var (from, to) = (Any(draws, callers), Any(draws, called));
        var link = draws.Random.Chance(0.5)
            ? new LinkFault { At = at, For = lasts, From = from, To = to }
            : new LinkFault { At = at, For = lasts, From = to, To = from };
        yield return draws.Random.Chance(0.5)
            ? link with { Loss = Math.Round(0.01 + ((MostLoss - 0.01) * draws.Random.NextDouble()), 3) }
            : link with
            {
                Slowdown = Math.Round(1.1 + ((MostSlowdown - 1.1) * draws.Random.NextDouble()), 1),
            };
    }

    IEnumerable<Fault> Slow(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        yield return new DegradeFault
        {
            At = at, For = lasts, Nodes = Any(draws, draws.Random.Choose(_stations)), How = DegradeFault.Slow,
            By = Math.Round(1.5 + (8.5 * draws.Random.NextDouble()), 1),
        };
    }

    // Refused by it, or led away from it in good order.
    IEnumerable<Fault> Away(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        yield return new DegradeFault
        {
            At = at, For = lasts, Nodes = Some(draws, _stations),
            How = draws.Random.Chance(0.5) ? DegradeFault.Refuse : DegradeFault.Restart,
        };
    }

    IEnumerable<Fault> Flush(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        yield return new DegradeFault
        {
            At = at, For = lasts, Nodes = Any(draws, draws.Random.Choose(_caches)), How = DegradeFault.Flush,
        };
    }

    IEnumerable<Fault> CrashAll(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        yield return new CrashFault { At = at, For = lasts, Nodes = draws.Random.Choose(_parts) };
    }

    IEnumerable<Fault> RefuseAll(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        yield return new DegradeFault
        {
            At = at, For = lasts, Nodes = draws.Random.Choose(_stations), How = DegradeFault.Refuse,
        };
    }
}
