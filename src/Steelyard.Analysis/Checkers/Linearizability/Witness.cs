using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>
/// Makes a small proof that a history is not linearizable, by delta debugging (Zeller &amp; Hildebrandt
/// 2002): operations are weakened in ever smaller chunks as long as no explanation exists. Weakening an
/// operation that only observes forgets it; weakening any other lets it happen at any time after its
/// invocation, or never. Both only allow more, so what stays required contradicts itself whatever the rest
/// did.
/// </summary>
internal sealed class Witness(Model model, History history, long stateLimit)
{
    // In all, as many states as a search may enter; a single attempt that needs more than this keeps its
    // operations.
    const long StatesPerAttempt = 20_000;

    readonly bool[] _weakened = new bool[history.Count];
    long _statesLeft = Math.Min(stateLimit, 2_000_000);

    /// <summary>The anomaly of one object's operations that have no explanation.</summary>
    public Anomaly Of(IReadOnlyList<int> part)
    {
        var core = Shrunk(UpToTheContradiction(part));
        var search = new ConfigurationSearch(Problem.Of(model, history, core, _weakened));
        var needed = core.Where(i => !_weakened[i]).ToList();
        return search.Run(stateLimit) == SearchEnd.None
            ? new("not-linearizable", Sentence(search, core), needed)
            : throw new InvalidOperationException("the minimised history is valid; the whole was not");
    }

    // Nothing invoked after the return that no configuration got past is part of the contradiction.
    List<int> UpToTheContradiction(IReadOnlyList<int> part)
    {
        var problem = Problem.Of(model, history, part);
        var search = new ConfigurationSearch(problem);
        search.Run(stateLimit);
        var end = problem.ReturnedAt[search.DeepestReturn];
        var core = part.Where(i => history[i].InvokedAt < end).ToList();
        foreach (var index in core)
            _weakened[index] = history[index].CompletedAt > end
                || model.RoleOf(history[index]) != OperationRole.Required;
        return core;
    }

    List<int> Shrunk(List<int> core)
    {
        for (var chunk = Math.Max(1, core.Count / 2); chunk > 0 && _statesLeft > 0; chunk /= 2)
            for (var from = 0; from < core.Count && _statesLeft > 0; from += chunk)
                TryWeakening(core, from, Math.Min(core.Count, from + chunk));
        return core;
    }

    void TryWeakening(List<int> core, int from, int to)
    {
        var changed = new List<int>();
        for (var i = from; i < to; i++)
            if (!_weakened[core[i]])
                changed.Add(core[i]);
        if (changed.Count == 0)
            return;
        foreach (var index in changed)
            _weakened[index] = true;
        var search = new ConfigurationSearch(Problem.Of(model, history, core, _weakened));
        var end = search.Run(Math.Min(_statesLeft, StatesPerAttempt));
        _statesLeft -= search.States + 1;
        if (end == SearchEnd.None)
            return;
        foreach (var index in changed)
            _weakened[index] = false;
    }

    string Sentence(ConfigurationSearch search, List<int> core)
    {
        var problem = Problem.Of(model, history, core, _weakened);
        var operation = history[problem.Operations[problem.Returns[search.DeepestReturn]]];
        return $"{operation} has no explanation: {search.DescribeDeepest()}";
    }
}
