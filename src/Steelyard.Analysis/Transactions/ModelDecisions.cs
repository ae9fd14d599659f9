using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions;

/// <summary>
/// Which models a history breaks and which it keeps, as far as somebody decided it. What breaks a model
/// breaks all that imply it; what keeps one keeps all that it implies; the rest was not decided.
/// </summary>
internal sealed class ModelDecisions
{
    readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    readonly HashSet<string> _held = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    string? _nothing;

    /// <summary>The models that the history cannot have been under, weak ones first.</summary>
    public IReadOnlyList<string> Broken => [.. ConsistencyLattice.ModelNames.Where(IsBroken)];

    /// <summary>The models that it was shown to keep, weak ones first.</summary>
    public IReadOnlyList<string> Held => [.. ConsistencyLattice.ModelNames.Where(IsHeld)];

    /// <summary>The others.</summary>
    public IReadOnlyList<string> Undecided =>
        [.. ConsistencyLattice.ModelNames.Where(model => !IsBroken(model) && !IsHeld(model))];

    public bool IsBroken(string model) => TransactionLattice.Implied(model).Overlaps(_broken);

    /// <summary>True when somebody decided that it holds.</summary>
    public bool IsHeld(string model) => _nothing is null && !IsBroken(model)
        && _held.Any(strong => TransactionLattice.Implied(strong).Contains(model));

    public bool IsDecided(string model) => IsBroken(model) || IsHeld(model);

    /// <summary>Takes what anomalies rule out.</summary>
    /// <param name="findings">The anomalies.</param>
    /// <param name="tellsRealTime">False where sessions are all the order there is: then every model counts
    /// them.</param>
    public void Take(Findings findings, bool tellsRealTime)
    {
        const string OfProcesses = "-process";
        IEnumerable<string> types = findings.Counts.Keys;
        if (!tellsRealTime)
            types = types.Concat(types.Where(type => type.EndsWith(OfProcesses, StringComparison.Ordinal))
                .Select(type => type[..^OfProcesses.Length]));
        Break(ConsistencyLattice.RuledOut(types));
        // A key read twice with another version in between is a G-single whatever the order of the two.
        if (findings.Counts.ContainsKey("internal"))
            Break("consistent-view", "repeatable-read");
    }

    public void Break(params IEnumerable<string> models) => _broken.UnionWith(models);

    /// <summary>Says that models hold; a decider looks at one side of each, so those that are broken by then
    /// stay so.</summary>
    public void Hold(params IEnumerable<string> models) =>
        _held.UnionWith(models.Where(model => !IsBroken(model)).ToList());

    /// <summary>Says why a model stays undecided; the first reason counts.</summary>
    public void Leave(string model, string reason) => _reasons.TryAdd(model, reason);

    /// <summary>Nothing can be said to hold, for this reason.</summary>
    public void HoldNothing(string reason) => _nothing ??= reason;

    /// <summary>Why a model is undecided.</summary>
    public string ReasonOf(string model)
    {
        var open = TransactionLattice.Implied(model).Where(weaker => !IsHeld(weaker)).Prepend(model);
        return _nothing
            ?? open.Select(weaker => _reasons.GetValueOrDefault(weaker)).OfType<string>().FirstOrDefault()
            ?? (TransactionLattice.Telling(model) is { } telling
                ? $"{model} is a model of single objects; transactions tell of it only where {telling} holds"
                : $"{model} was not looked at");
    }
}
