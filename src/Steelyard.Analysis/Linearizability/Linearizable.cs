using System.Globalization;
using Steelyard.Analysis.Linearizability.Collections;
using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Linearizability.Sets;
using Steelyard.Analysis.Linearizability.Texts;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Models.Versioned;
using Steelyard.Analysis.Proving;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability;

/// <summary>
/// Linearizability (Herlihy &amp; Wing 1990): every operation seems to happen at one instant between its
/// invocation and its return. Valid comes with an order that explains the history, Invalid with a few
/// operations that have none.
/// </summary>
/// <param name="model">What one instant may do; see <see cref="KnownModels"/>.</param>
/// <param name="stateLimit">How many configurations a search may enter, per key, before it answers Unknown;
/// above 0. Each takes some 20 bytes, and 8 more per 64 operations that are open at once or never returned;
/// a gigabyte of them is the end, too, and a tenth of one for what states hold.</param>
public sealed class Linearizable(Model model, long stateLimit = Linearizable.DefaultStateLimit)
    : IChecker, IProvable
{
    /// <summary>Whether a history that breaks it is told by few operations that contradict each other; else
    /// by the one alone that no order leads past, at once. True by default.</summary>
    public bool FindsWitness { get; private init; } = true;

    /// <summary>The same judge without witnesses.</summary>
    public Linearizable WithoutWitness() => new(model, stateLimit) { FindsWitness = false };

    // Each takes a hundred bytes.
    const long MostPairs = 1_000_000;

    // Where it is known that there is no order.
    const long StatesForWitness = 20_000;

    /// <summary>Four million configurations: seconds, and a hundred megabytes, at worst.</summary>
    public const long DefaultStateLimit = 4_000_000;

    /// <inheritdoc/>
    public string Name => "linearizable";

    /// <inheritdoc/>
    public string Sentence => "Every operation takes effect at one instant between its call and its answer";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        model.Shapes.MustFit(history);
        var fitted = model.For(history);
        fitted.MustKnow(history);
        if (WrongAnswers.Find(fitted, history) is { } wrong)
            return Verdict.Broken(Name, wrong);
        var parts = Parts(fitted, history);
        var orders = new List<int[]>(parts.Count);
        var undecided = 0;
        foreach (var part in parts)
        {
            var isDecided = true;
            foreach (var single in fitted.Objects(history, part))
            {
                var (anomaly, order) = Judge(fitted, history, single);
                if (anomaly is not null)
                    return Verdict.Broken(Name, anomaly with
                    {
                        PartialOrders = FindsWitness
                            ? LongestOrders.Of(fitted, history, single, anomaly.Witness) : [],
                    });
                isDecided &= order is not null;
                orders.Add(order ?? []);
            }

            undecided += isDecided ? 0 : 1;
        }

        return undecided > 0
            ? Verdict.Undecided(
                Name,
                $"{Count(stateLimit)} search states, or the memory for them, ran out on {undecided} of"
                + $" {parts.Count} keys")
            : Verdict.Holds(Name, Summary(orders, parts.Count), Interleaving.Of(history, orders));
    }

    VerdictProof IProvable.Prove(History history, Verdict verdict) => FindsWitness
        ? LinearizabilityProof.Of(model, history, verdict)
        : VerdictProof.None(Name, "no witness was looked for");

    // What contradicts itself in one object, or an order that explains it; neither when the states ran out.
    Proof Judge(Model fitted, History history, List<int> part)
    {
        if (WithoutSearch(fitted, history, part) is { } proof)
            return proof;
        if (fitted is CollectionModel queue && QueuePairs.Of(queue, history, part) is { } pairs)
            return InPairs(pairs, queue, history, part);
        return BySearch(fitted, history, part, stateLimit);
    }

    // Which operations of a queue contradict each other, the search knows best, if it comes to an end.
    Proof InPairs(QueuePairs pairs, CollectionModel queue, History history, List<int> part)
    {
        var most = Math.Min(stateLimit, MostPairs);
        var order = pairs.Search(most, out var end);
        if (end == SearchEnd.Found)
            return new(null, order);
        if (end == SearchEnd.LimitReached)
            return BySearch(queue, history, part, stateLimit);
        var searched = BySearch(queue, history, part, Math.Min(stateLimit, StatesForWitness));
        return searched.Anomaly is null
            ? new(new QueueContradiction(queue, history, part, most).Find(), null)
            : searched;
    }

    Proof BySearch(Model fitted, History history, List<int> part, long limit)
    {
        var problem = Problem.Of(fitted, history, part);
        if (!OpenOperations.Fits(problem))
            return new(null, null);
        var search = new ConfigurationSearch(problem);
        return search.Run(limit) switch
        {
            SearchEnd.Found => new(null, search.Linearization),
            SearchEnd.None when FindsWitness => new(new Witness(problem, search, history).Find(), null),
            SearchEnd.None => new(Witness.Stuck(problem, search, history), null),
            _ => new(null, null),
        };
    }

    static Proof? WithoutSearch(Model fitted, History history, List<int> part) => fitted switch
    {
        CollectionModel collection => CollectionJudge.Judge(collection, history, part),
        SetModel set => SetElement.Judge(set, history, part),
        VersionedRegisterModel versioned => VersionOrder.Judge(versioned, history, part),
        _ when DistinctWrites.Judge(fitted, history, part) is { } zones =>
            new(zones.Contradiction, zones.Contradiction is null ? zones.Linearization() : null),
        KvModel kv => TextJudge.Judge(kv, history, part),
        _ => ExchangeChains.Judge(fitted, history, part) is { } chains
            ? new(chains.Anomaly, chains.Order)
            : null,
    };

    string Summary(List<int[]> orders, int keyCount)
    {
        var operations = orders.Sum(o => (long)o.Length);
        var keys = keyCount > 1 ? $" on {Count(keyCount)} keys" : "";
        var (many, are, them) = operations == 1 ? ("operation", "has", "it") : ("operations", "have", "them");
        return $"{Count(operations)} {many}{keys} {are} an order that explains {them} as"
            + $" {WithArticle(model.Name)}";
    }

    static string WithArticle(string name) => "aeiou".Contains(name[0]) ? $"an {name}" : $"a {name}";

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // The operations of each object, by invocation; objects in the order of their first use.
    static List<List<int>> Parts(Model model, History history)
    {
        var parts = new List<List<int>>();
        var partOfKey = new int[history.Keys.Count];
        Array.Fill(partOfKey, -1);
        for (var i = 0; i < history.Count; i++)
        {
            if (!Problem.Counts(model, history[i]))
                continue;
            var key = model.KeysAreIndependent ? history.KeyNumber(i) : 0;
            if (partOfKey[key] < 0)
            {
                partOfKey[key] = parts.Count;
                parts.Add([]);
            }

            parts[partOfKey[key]].Add(i);
        }

        return parts;
    }
}
