using System.Text;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Weak;

/// <summary>
/// Small random histories of transactions over registers, sound ones mostly: each read is of some committed
/// version, and now and then of one that must not be seen.
/// </summary>
internal sealed class RandomWeakHistories(int seed)
{
    readonly Random _random = new(seed);
    readonly List<Planned> _planned = [];

    /// <summary>Sessions and nothing else, as AWDIT's text.</summary>
    public History InSessions()
    {
        Plan(withOutcomes: false);
        var text = new StringBuilder();
        foreach (var session in _planned.GroupBy(one => one.Process).OrderBy(group => group.Key))
        {
            text.Append(text.Length > 0 ? "=====\n" : "");
            text.AppendJoin("-----\n", session.Select(one => string.Concat(one.Steps.Select(Line))));
        }

        return HistoryFile.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), "random",
            new ReadOptions { Format = HistoryFormats.Named("awdit") }).History;
    }

    /// <summary>With failed and crashed transactions, as other recordings have them.</summary>
    public History Recorded()
    {
        Plan(withOutcomes: true);
        var builder = new HistoryBuilder();
        foreach (var one in _planned)
        {
            var process = one.Process;
            Value[] input = [.. one.Steps.Select(step => Listed(step, isKnown: false))];
            Value[] output = [.. one.Steps.Select(step => Listed(step, isKnown: true))];
            var operation = builder.Invoke(process, Functions.Txn, Value.Nil, Value.List(input));
            if (one.Outcome != Outcome.Open)
                builder.Complete(
                    operation, one.Outcome, one.Outcome == Outcome.Ok ? Value.List(output) : Value.Nil);
        }

        return builder.Build();
    }

    void Plan(bool withOutcomes)
    {
        var (count, next) = (3 + _random.Next(3), 1L);
        var keys = 2 + _random.Next(2);
        var fresh = 10;
        for (var i = 0; i < count; i++)
        {
            var chance = withOutcomes ? _random.Next(100) : 0;
            var outcome = chance < 84 ? Outcome.Ok
                : chance < 90 ? Outcome.Fail
                : chance < 96 ? Outcome.Info
                : Outcome.Open;
            var isLast = outcome is Outcome.Info or Outcome.Open;
            var one = new Planned(isLast ? fresh++ : _random.Next(3), outcome);
            for (var steps = 1 + _random.Next(4); steps > 0; steps--)
                one.Steps.Add(_random.Next(2) == 0
                    ? new(true, _random.Next(keys), next++)
                    : new(false, _random.Next(keys), 0));
            _planned.Add(one);
        }

        foreach (var one in _planned)
            for (var place = 0; place < one.Steps.Count; place++)
                if (!one.Steps[place].IsWrite)
                    one.Steps[place] = one.Steps[place] with
                    {
                        Value = Seen(one, place, !withOutcomes),
                    };
    }

    long Seen(Planned reader, int place, bool inSessions)
    {
        var key = reader.Steps[place].Key;
        var own = reader.Steps.Take(place).LastOrDefault(step => step.IsWrite && step.Key == key);
        var isOdd = _random.Next(60) == 0;
        if (own is not null && !isOdd)
            return own.Value;
        // Elsewhere what nobody wrote may have stood there before.
        if (inSessions && _random.Next(250) == 0)
            return 99;
        // Mostly of transactions planned before: then fewer cycles of reads alone.
        var before = _random.Next(8) == 0 ? _planned : _planned[.._planned.IndexOf(reader)];
        var finals = before.Where(one => isOdd || (one != reader && one.Outcome != Outcome.Fail))
            .Select(one => isOdd
                ? one.Steps.FirstOrDefault(step => step.IsWrite && step.Key == key)
                : one.Steps.LastOrDefault(step => step.IsWrite && step.Key == key))
            .Where(step => step is not null).ToList();
        var chosen = _random.Next(finals.Count + 1);
        return chosen == finals.Count ? 0 : finals[chosen]!.Value;
    }

    static string Line(Step step) => $"{(step.IsWrite ? "w" : "r")} {step.Key} {step.Value}\n";

    static Value Listed(Step step, bool isKnown) => Value.List(
        step.IsWrite ? "w" : "r", (long)step.Key,
        step.Value == 0 || !(isKnown || step.IsWrite) ? Value.Nil : step.Value);

    sealed record Step(bool IsWrite, int Key, long Value);

    sealed record Planned(int Process, Outcome Outcome)
    {
        public List<Step> Steps { get; } = [];

        public bool Equals(Planned? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Process;
    }
}
