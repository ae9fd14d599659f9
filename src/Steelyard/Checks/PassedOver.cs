using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Operations that a judge did not look at, since it does not know what they ask.</summary>
/// <param name="Function">What they ask.</param>
/// <param name="Operations">How many; at least 1.</param>
public sealed record PassedOver(string Function, int Operations)
{
    const int MostShown = 5;

    /// <summary>All of a history that a model does not judge, the most frequent function first.</summary>
    public static IReadOnlyList<PassedOver> Of(History history, IReadOnlyList<string>? judged)
    {
        if (judged is null)
            return [];
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < history.Count; i++)
            if (history[i].Function is var function && function != Functions.ReplicaState
                && !judged.Contains(function))
                counts[function] = counts.GetValueOrDefault(function) + 1;
        return
        [
            .. counts.Select(one => new PassedOver(one.Key, one.Value))
                .OrderByDescending(one => one.Operations).ThenBy(one => one.Function, StringComparer.Ordinal),
        ];
    }

    /// <summary>All of them in one line.</summary>
    public static string Told(IReadOnlyList<PassedOver> all)
    {
        var sum = all.Sum(one => one.Operations);
        var shown = all.Take(MostShown).Select(one => $"{one.Function} ({one.Operations:N0})");
        var more = all.Count > MostShown ? $" and {all.Count - MostShown:N0} functions more" : "";
        return $"{sum:N0} {(sum == 1 ? "operation" : "operations")} passed over, which this model does not"
            + " judge:"
            + $" {string.Join(", ", shown)}{more}";
    }
}
