using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Inserts;

/// <summary>One operation's sight of one register; an inc stands before the reads of what it made.</summary>
internal readonly record struct Sighting(Operation Operation, int Number, Value Value, bool IsRead)
    : IComparable<Sighting>
{
    public string ProcessName => Operation.ProcessName;

    public string Verb => IsRead ? "saw" : "made";

    public string ValueText => Value.ToString();

    public int CompareTo(Sighting other)
    {
        var order = Value.CompareTo(other.Value);
        return order != 0 ? order : IsRead.CompareTo(other.IsRead);
    }
}

/// <summary>All sights of one register, in the order in which it grew.</summary>
internal sealed class MonotonicRegister(Value key)
{
    readonly List<Sighting> _sightings = [];

    public string Name => key.IsNil ? "the register" : key.ToString();

    public IReadOnlyList<Sighting> Sightings => _sightings;

    public void Add(Sighting sighting) => _sightings.Add(sighting);

    public void Sort() => _sightings.Sort(static (a, b) =>
    {
        var order = a.CompareTo(b);
        return order != 0 ? order : a.Number.CompareTo(b.Number);
    });

    /// <summary>Incs that returned the same value.</summary>
    public IEnumerable<(Sighting First, Sighting Second)> Twins()
    {
        for (var i = 1; i < _sightings.Count; i++)
            if (!_sightings[i].IsRead && _sightings[i].CompareTo(_sightings[i - 1]) == 0)
                yield return (_sightings[i - 1], _sightings[i]);
    }

    /// <summary>For each sight that some sight, ended before it began, was already beyond: the furthest
    /// such.</summary>
    public IEnumerable<(Sighting Before, Sighting After)> StepsBack()
    {
        var ended = _sightings.OrderBy(s => s.Operation.CompletedAt).ToList();
        var next = 0;
        Sighting? furthest = null;
        foreach (var sighting in _sightings.OrderBy(s => s.Operation.InvokedAt))
        {
            var begun = sighting.Operation.InvokedAt;
            for (; next < ended.Count && ended[next].Operation.CompletedAt < begun; next++)
                if (furthest is not { } known || ended[next].CompareTo(known) > 0)
                    furthest = ended[next];
            if (furthest is { } before && before.CompareTo(sighting) > 0)
                yield return (before, sighting);
        }
    }
}

/// <summary>What completed operations saw, register by register.</summary>
internal sealed class MonotonicSightings
{
    readonly Dictionary<Value, MonotonicRegister> _byKey = [];

    public List<Operation> Operations { get; } = [];

    public List<MonotonicRegister> Registers { get; } = [];

    public static MonotonicSightings Of(History history)
    {
        var sightings = new MonotonicSightings();
        foreach (var operation in history.Operations)
            if (operation is { Function: "inc" or Functions.Read, Outcome: Outcome.Ok })
                sightings.Add(operation);
        foreach (var register in sightings.Registers)
            register.Sort();
        return sightings;
    }

    void Add(Operation operation)
    {
        var number = Operations.Count;
        Operations.Add(operation);
        if (operation.Output.Kind == ValueKind.Map)
            foreach (var (key, value) in operation.Output.AsMap)
                Add(operation, number, key, value);
        else
            Add(operation, number, operation.Key, operation.Output);
    }

    void Add(Operation operation, int number, Value key, Value value)
    {
        if (!value.IsNil && !value.IsInteger)
            throw Mistake(operation, "a whole number, or a map of whole numbers", operation.Output);
        if (!_byKey.TryGetValue(key, out var register))
        {
            _byKey.Add(key, register = new(key));
            Registers.Add(register);
        }

        register.Add(new(operation, number, value, operation.Function == Functions.Read));
    }
}
