using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Words;

/// <summary>Says in a model's own words what an answer contradicts: what the model would have answered in
/// each state that the operations before allow.</summary>
internal abstract class ModelWords<TState>
{
    /// <summary>What contradicts an answer that none of these states allows.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="states">The states, each once, at least one.</param>
    public abstract Contradiction Of(Operation operation, IReadOnlyList<TState> states);

    /// <summary>How somebody is called who did an operation.</summary>
    protected static string Who(Operation operation) => $"process {operation.ProcessName}";

    /// <summary>A value in a sentence.</summary>
    protected static string Told(Value value) => ToldValue.Of(value, Contradiction.MostLetters);
}

/// <summary>An answer, and what held instead: "process 1 read 3 from x", "x held", "1" or "2".</summary>
/// <param name="Answer">Who was answered what.</param>
/// <param name="Subject">What the states say something of, with its verb.</param>
/// <param name="Held">What each state says; the same may stand there several times.</param>
internal sealed record Contradiction(string Answer, string Subject, IEnumerable<string> Held)
{
    /// <summary>A longer value is told by its beginning.</summary>
    public const int MostLetters = 120;

    const int MostNamed = 4;

    /// <summary>As a sentence without its full stop; what is many is counted.</summary>
    public string Sentence() => $"{Answer}, although in every order that fits so far {Against()}";

    /// <summary>Only what held: <c>x held 1 or 2</c>.</summary>
    public string Against()
    {
        var held = Held.Distinct(StringComparer.Ordinal).ToList();
        var named = held.Take(MostNamed).ToList();
        var more = held.Count - named.Count;
        var all = more > 0
            ? $"{string.Join(", ", named)} or one of {more.ToString("N0", CultureInfo.InvariantCulture)} more"
            : named.Count == 1 ? named[0]
            : $"{string.Join(", ", named[..^1])} or {named[^1]}";
        return $"{Subject} {all}";
    }
}

/// <summary>The words of a model that has none: the operation, and the states as it describes them.</summary>
internal sealed class DescribedStates<TState>(Model<TState> model) : ModelWords<TState>
    where TState : IEquatable<TState>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<TState> states) => new(
        ToldValue.Of(operation, Contradiction.MostLetters), "the state was",
        states.Select(state => Told(model.Describe(state))));
}
