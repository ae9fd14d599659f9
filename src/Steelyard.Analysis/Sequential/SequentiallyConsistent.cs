using System.Globalization;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Sequential;

/// <summary>
/// Sequential consistency (Lamport 1979): all operations have one order that keeps the order of each process
/// and that the specification allows; real time does not count.
/// </summary>
/// <param name="model">The specification; see <see cref="KnownModels"/>.</param>
/// <param name="stateLimit">How many configurations the search may enter before it answers Unknown; above
/// 0.</param>
/// <remarks>
/// What is linearizable is sequentially consistent, and registers and maps that are keep causal memory and
/// causal convergence: both are asked first, and settle most long histories. Only the rest is searched.
/// </remarks>
public sealed class SequentiallyConsistent(
    Model model, long stateLimit = SequentiallyConsistent.DefaultStateLimit) : IChecker
{
    /// <summary>A million configurations.</summary>
    public const long DefaultStateLimit = 1_000_000;

    const long StatesPerAttempt = 10_000;
    const long StatesForWitness = 300_000;

    /// <inheritdoc/>
    public string Name => "sequential";

    /// <inheritdoc/>
    public string Sentence => "All agree on one order, in which each client keeps its own";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        model.Shapes.MustFit(history);
        var fitted = model.For(history);
        if (WrongAnswers.Find(fitted, history) is { } wrong)
            return RuledOut(wrong);
        if (AnomalyOfSessions(history) is { } anomaly)
            return RuledOut(anomaly);
        if (new Linearizable(model, stateLimit).Check(history) is { Validity: Validity.Valid } linearizable)
            return Holds(linearizable.Linearization);
        var order = ProgramOrder.Of(fitted, history);
        var search = new ProgramOrderSearch(order);
        return search.Run(stateLimit) switch
        {
            SearchEnd.Found => Holds(search.Found),
            SearchEnd.None => RuledOut(Witness(order, history)),
            _ => Verdict.Undecided(Name, $"{Count(search.States)} search states ran out"),
        };
    }

    // What breaks a weaker model of registers and maps breaks this one.
    Anomaly? AnomalyOfSessions(History history)
    {
        if (model is not (RegisterModel or KvModel))
            return null;
        foreach (var weaker in new[] { "causal", "causal+" })
            if (new SessionConsistency(weaker, model.GivenInitially).Check(history) is
                { Validity: Validity.Invalid } broken)
                return broken.Anomalies[0];
        return null;
    }

    Verdict Holds(IReadOnlyList<int>? order) => ObjectConsistency.WithHeld(
        Verdict.Holds(
            Name, $"{Count(order?.Count ?? 0)} operations have an order of all processes that explains them"
                + $" as a {model.Name}", order),
        Name);

    Verdict RuledOut(Anomaly anomaly) =>
        ObjectConsistency.WithBroken(Verdict.Broken(Name, anomaly), Name);

    // Operations are weakened in ever smaller chunks as long as no order explains the rest.
    static Anomaly Witness(ProgramOrder order, History history)
    {
        var required = order.Processes.SelectMany(steps => steps)
            .Where(step => !step.IsOptional).Select(step => step.Operation).Order().ToList();
        var weakened = new HashSet<int>();
        var budget = StatesForWitness;
        for (var chunk = Math.Max(1, required.Count / 2); chunk > 0; chunk /= 2)
            for (var end = required.Count; end > 0 && budget > 0; end -= chunk)
            {
                var some = required.Skip(end - chunk).Take(Math.Min(chunk, end)).ToHashSet();
                var search = new ProgramOrderSearch(order.Weakened([.. weakened, .. some]));
                var isStillBroken = search.Run(Math.Min(budget, StatesPerAttempt)) == SearchEnd.None;
                budget -= search.States + 1;
                if (!isStillBroken)
                    continue;
                weakened.UnionWith(some);
                required.RemoveAll(some.Contains);
            }

        var last = Linearizability.Search.Witness.Told(history[required[^1]]);
        return new("not-sequential", $"{last} fits into no order of all processes", required);
    }

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
