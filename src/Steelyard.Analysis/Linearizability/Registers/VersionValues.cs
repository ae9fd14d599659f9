using Steelyard.Analysis.Models.Versioned;
using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>The value of each version of a register, and the change that made it.</summary>
/// <param name="initial">What it held at first.</param>
/// <param name="scale">What versions are.</param>
internal sealed class VersionValues(VersionedState initial, VersionScale scale)
{
    readonly Dictionary<long, KnownVersion> _known = new()
    {
        [initial.Version] = new(initial.Version, initial.Value, scale),
    };

    /// <summary>All versions, the first one included, in order.</summary>
    public List<KnownVersion> Sorted() => [.. _known.Values.OrderBy(version => version.Number)];

    /// <summary>Adds what an operation tells; the anomaly when another told otherwise.</summary>
    public Anomaly? Add(VersionedOperation told)
    {
        var (operation, number) = (told.Operation, told.Version);
        if (number < initial.Version || (number == initial.Version && !told.IsRead))
            return new(
                "decreasing-version",
                $"process {operation.ProcessName} {Did(told)} version {scale.Text(number)}{OfKey(operation)},"
                + " which was"
                + $" {scale.Text(initial.Version)} at first", [operation.Index]);
        if (!_known.TryGetValue(number, out var known))
            _known.Add(number, known = new(number, told.Value, scale) { FirstTold = operation });
        if (known.Value != told.Value)
            return Conflict(known, told);
        if (told.IsRead)
            return null;
        if (known.Change is { } other)
            return new(
                "version-conflict",
                $"process {other.ProcessName} and process {operation.ProcessName} were both given version"
                + $" {scale.Text(number)}{OfKey(operation)}", [other.Index, operation.Index]);
        known.Change = operation;
        return null;
    }

    Anomaly Conflict(KnownVersion known, VersionedOperation told)
    {
        var what = $"version {scale.Text(told.Version)}{OfKey(told.Operation)} is {told.Value}, as process"
            + $" {told.Operation.ProcessName} {(told.IsRead ? "read" : "wrote")} it, and {known.Value}";
        return (known.Change ?? known.FirstTold) is { } other
            ? new(
                "version-conflict",
                $"{what}, as process {other.ProcessName}"
                + $" {(other.Function == Functions.Read ? "read" : "wrote")} it",
                [.. new[] { other.Index, told.Operation.Index }.Order()])
            : new("version-conflict", $"{what} at first", [told.Operation.Index]);
    }

    static string Did(VersionedOperation told) => told.IsRead ? "read" : "was given";
}

/// <summary>One version of a register.</summary>
internal sealed class KnownVersion(long number, Value value, VersionScale scale)
{
    public long Number => number;

    public Value Value => value;

    string Text => scale.Text(number);

    /// <summary>The first operation that told of it; null for the one that was there at first.</summary>
    public Operation? FirstTold { get; init; }

    /// <summary>The acknowledged change that made it, or null.</summary>
    public Operation? Change { get; set; }

    /// <summary>Nobody can have made it.</summary>
    public Anomaly Unwritten()
    {
        var read = FirstTold!.Value;
        return new(
            "unwritten-version",
            $"process {read.ProcessName} read {value} as version {Text}{OfKey(read)}, which no write that"
            + " could have happened by then had made", [read.Index]);
    }

    /// <summary>Its cas found another value than it expected.</summary>
    public Anomaly Mismatch(Value expected, KnownVersion before)
    {
        var cas = Change!.Value;
        return new(
            "impossible-cas",
            $"process {cas.ProcessName} put {value} in the place of {expected} as version {Text}"
            + $"{OfKey(cas)}, though version {before.Text} before it was {before.Value}", Witness(before));
    }

    /// <summary>Versions are missing before it that were promised.</summary>
    public Anomaly Gap(KnownVersion before) => new(
        "version-gap",
        $"version {Text}{OfKey((Change ?? FirstTold)!.Value)} comes after version {before.Text}, and"
        + " no write is left that can have made what is missing between", Witness(before));

    int[] Witness(KnownVersion before) =>
    [
        .. new[] { before.Change ?? before.FirstTold, Change ?? FirstTold }
            .Where(operation => operation is not null).Select(operation => operation!.Value.Index).Order(),
    ];
}
