using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Histories;
using static Steelyard.Analysis.Tests.Workloads.WorkloadSpecimen;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>Sets, by trying every choice of adds that a read may have seen, and by Jepsen's words.</summary>
internal static class SetSpecimens
{
    public static IEnumerable<WorkloadSpecimen> All =>
    [
        new("set", new FinalSet(), Generate, ExpectFinal) { WitnessStandsAlone = true },
        new("set-full", new SetFull(), Generate, history => ExpectFull(history, linearizable: false))
        {
            WitnessStandsAlone = true,
        },
        new("set-full-linearizable", new SetFull(linearizable: true), Generate,
            history => ExpectFull(history, linearizable: true)),
    ];

    static History Generate(RandomHistories random)
    {
        var set = new SortedSet<Value>();
        return random.Next(
            () => random.Random.Next(5) < 3
                ? ("add", Value.Nil, random.Random.Next(4))
                : ("read", Value.Nil, Value.Nil),
            (function, _, input) =>
            {
                if (function == "add")
                    set.Add(input);
                return (true, function == "add" ? input : Value.List([.. set]));
            },
            (function, output) => function == "add" ? output : Falsified(random.Random, output));
    }

    static Value Falsified(Random random, Value read)
    {
        List<Value> elements = [.. read.AsList];
        if (random.Next(2) == 0 || elements.Count == 0)
            elements.Add(random.Next(5));
        else
            elements.RemoveAt(random.Next(elements.Count));
        return Value.List([.. elements]);
    }

    static Validity ExpectFinal(History history)
    {
        var reads = Ok(history, "read").OrderBy(o => o.CompletedAt).ToList();
        if (reads.Count == 0)
            return Validity.Unknown;
        var read = reads[^1];
        var adds = Possible(history, "add").ToList();
        var seen = read.Output.AsList.ToArray().Distinct().Order().ToList();
        return Enumerable.Range(0, 1 << adds.Count).Any(chosen => Explains(adds, chosen, read, seen))
            ? Validity.Valid
            : Validity.Invalid;
    }

    static bool Explains(List<Operation> adds, int chosen, Operation read, List<Value> seen)
    {
        bool Chosen(int i) => (chosen >> i & 1) == 1;
        for (var i = 0; i < adds.Count; i++)
            if ((Chosen(i) && adds[i].InvokedAt > read.CompletedAt)
                || (!Chosen(i) && adds[i].Outcome == Outcome.Ok && adds[i].CompletedAt < read.InvokedAt))
                return false;
        return adds.Where((_, i) => Chosen(i)).Select(a => a.Input).Distinct().Order().SequenceEqual(seen);
    }

    static Validity ExpectFull(History history, bool linearizable)
    {
        var reads = Ok(history, "read").ToList();
        var (broken, stable) = (false, false);
        foreach (var read in reads)
        {
            var seen = read.Output.AsList.ToArray();
            broken |= seen.Distinct().Count() < seen.Length;
            broken |= seen.Any(e => !Possible(history, "add")
                .Any(a => a.Input == e && a.InvokedAt < read.CompletedAt));
        }

        foreach (var element in Possible(history, "add").Select(a => a.Input).Distinct())
        {
            var began = Possible(history, "add").Where(a => a.Input == element).Min(a => a.InvokedAt);
            var present = reads.Where(r => r.Output.AsList.Contains(element)).ToList();
            var absent = reads.Where(r => !r.Output.AsList.Contains(element))
                .Where(r => r.CompletedAt > began).ToList();
            var known = Ok(history, "add").Where(a => a.Input == element).Concat(present)
                .Select(o => o.CompletedAt).DefaultIfEmpty(int.MaxValue).Min();
            var late = absent.Where(a => a.InvokedAt > known).ToList();
            broken |= late.Exists(a => present.TrueForAll(p => p.InvokedAt < a.InvokedAt));
            var isStable = present.Exists(p => absent.TrueForAll(a => a.InvokedAt < p.InvokedAt));
            stable |= isStable;
            broken |= linearizable && isStable && late.Count > 0;
        }

        return broken ? Validity.Invalid : stable ? Validity.Valid : Validity.Unknown;
    }
}
