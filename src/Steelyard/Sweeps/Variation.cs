using Steelyard.Histories;

namespace Steelyard.Sweeps;

/// <summary>An option that a sweep varies: one of the design's own, one that every design takes, or
/// <c>faults</c>.</summary>
/// <param name="Name">The option, without the dashes.</param>
/// <param name="Values">What it is set to, in this order.</param>
internal sealed record Variation(string Name, IReadOnlyList<string> Values)
{
    /// <summary>Reads <c>replication=raft,quorum</c> or <c>rate=10..100:10</c>.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static Variation Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1
            ? new(text[..at], VariedValues.Parse(text[..at], text[(at + 1)..])) { Written = text }
            : throw new UserMistakeException(
                $"--vary: expected name=value,value such as rate=10,20,40, found \"{text}\"");
    }

    /// <summary>As the user wrote it, which may be a range.</summary>
    public required string Written { get; init; }

    /// <summary>Its values as numbers, where all of them are numbers of one unit; else null.</summary>
    public IReadOnlyList<double>? Numbers
    {
        get
        {
            var numbers = new List<double>();
            var units = new HashSet<string>(StringComparer.Ordinal);
            foreach (var value in Values)
            {
                if (!VariedValues.TryNumber(value, out var number, out var unit))
                    return null;
                numbers.Add((double)number);
                units.Add(unit);
            }

            return units.Count == 1 ? numbers : null;
        }
    }

    /// <summary>The unit of its values, where they are numbers of one unit; else nothing.</summary>
    public string Unit => Numbers is not null && VariedValues.TryNumber(Values[0], out _, out var unit)
        ? unit
        : "";

    /// <summary>With each of its values.</summary>
    public override string ToString() => $"{Name}={string.Join(',', Values)}";
}
