using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>Makes the fields of a kind of fault from what the record has.</summary>
/// <typeparam name="TFault">The record.</typeparam>
public static class FaultFields<TFault>
    where TFault : Fault
{
    /// <summary>The nodes that are hit.</summary>
    public static FaultField Nodes(
        Func<TFault, IReadOnlyList<string>> get, Func<TFault, IReadOnlyList<string>, TFault> with) =>
        Names("nodes", "who is hit", get, with) with { IsHit = true };

    /// <summary>Some nodes.</summary>
    public static FaultField Names(
        string key, string meaning,
        Func<TFault, IReadOnlyList<string>> get, Func<TFault, IReadOnlyList<string>, TFault> with) =>
        new(key, "[nodes]", meaning)
        {
            ValueIn = fault => Of(get((TFault)fault)),
            Read = (fault, value, names) => with((TFault)fault, PlanNames.Read(value, names)),
            NamesIn = fault => get((TFault)fault),
            WithLeader = (fault, leader) =>
                with((TFault)fault, PlanNames.WithLeader(get((TFault)fault), leader)),
        };

    /// <summary>Groups of nodes, none of which is in two.</summary>
    public static FaultField Groups(
        string key, string meaning, Func<TFault, IReadOnlyList<IReadOnlyList<string>>> get,
        Func<TFault, IReadOnlyList<IReadOnlyList<string>>, TFault> with) =>
        new(key, "[[nodes], [nodes] …]", meaning)
        {
            IsHit = true,
            ValueIn = fault => Value.List([.. get((TFault)fault).Select(Of)]),
            Read = (fault, value, names) => with((TFault)fault, PlanNames.ReadGroups(value, names)),
            NamesIn = fault => get((TFault)fault).SelectMany(group => group),
            WithLeader = (fault, leader) =>
                with((TFault)fault, PlanNames.WithLeader(get((TFault)fault), leader)),
        };

    /// <summary>A text.</summary>
    public static FaultField Text(
        string key, string meaning, Func<TFault, string> get, Func<TFault, string, TFault> with) =>
        new(key, "a text", meaning)
        {
            ValueIn = fault => get((TFault)fault),
            Read = (fault, value, _) => with((TFault)fault, value.Text),
        };

    /// <summary>A duration, as <c>250ms</c>.</summary>
    public static FaultField Duration(
        string key, string meaning, Func<TFault, TimeSpan> get, Func<TFault, TimeSpan, TFault> with) =>
        new(key, "a duration", meaning)
        {
            ValueIn = fault => Durations.Format(get((TFault)fault)),
            Read = (fault, value, _) => with((TFault)fault, value.Duration),
        };

    /// <summary>A duration from 0s up.</summary>
    public static FaultField DurationFromZero(
        string key, string meaning, Func<TFault, TimeSpan> get, Func<TFault, TimeSpan, TFault> with) =>
        Duration(key, meaning, get, with) with
        {
            Shape = "a duration from 0s up",
            Read = (fault, value, _) => with((TFault)fault, value.DurationFromZero),
        };

    /// <summary>A share in [0, 1]; 0 where nothing is said.</summary>
    public static FaultField Share(
        string key, string meaning, Func<TFault, double> get, Func<TFault, double, TFault> with) =>
        new(key, "a share from 0 to 1", meaning)
        {
            Default = "0",
            ValueIn = fault => Value.Of(get((TFault)fault)),
            Read = (fault, value, _) => with((TFault)fault, value.Share),
        };

    /// <summary>A factor of at least 1; 1 where nothing is said.</summary>
    public static FaultField Factor(
        string key, string meaning, Func<TFault, double> get, Func<TFault, double, TFault> with) =>
        new(key, "a factor of at least 1", meaning)
        {
            Default = "1",
            ValueIn = fault => Value.Of(get((TFault)fault)),
            Read = (fault, value, _) => value.Real is var factor && factor >= 1
                ? with((TFault)fault, factor)
                : throw value.Mistake("a factor of at least 1", FormattableString.Invariant($"{factor}")),
        };

    /// <summary>A whole number.</summary>
    public static FaultField Integer(
        string key, string meaning, Func<TFault, int?> get, Func<TFault, int, TFault> with) =>
        new(key, "a whole number", meaning)
        {
            ValueIn = fault => get((TFault)fault) is { } number ? number : Value.Nil,
            Read = (fault, value, _) => with((TFault)fault, value.Integer),
        };

    /// <summary>True or false; false where nothing is said.</summary>
    public static FaultField Flag(
        string key, string meaning, Func<TFault, bool> get, Func<TFault, bool, TFault> with) =>
        new(key, "true or false", meaning)
        {
            Default = "false",
            ValueIn = fault => Value.Of(get((TFault)fault)),
            Read = (fault, value, _) => with((TFault)fault, value.Flag),
        };

    /// <summary>One of an enumeration's words, in lower case.</summary>
    public static FaultField Word<TWord>(
        string key, string meaning, Func<TFault, TWord> get, Func<TFault, TWord, TFault> with)
        where TWord : struct, Enum
    {
        string[] words = [.. Enum.GetNames<TWord>().Select(word => word.ToLowerInvariant())];
        return new(key, string.Join(" | ", words), meaning)
        {
            ValueIn = fault => words[Array.IndexOf(Enum.GetValues<TWord>(), get((TFault)fault))],
            Read = (fault, value, _) =>
                with((TFault)fault, Enum.Parse<TWord>(value.OneOf(words), ignoreCase: true)),
        };
    }

    static Value Of(IReadOnlyList<string> names) =>
        names.Count == 0 ? Value.Nil : Value.List([.. names.Select(name => (Value)name)]);
}
