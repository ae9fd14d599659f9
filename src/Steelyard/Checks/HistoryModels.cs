using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>What a recorded history can be judged as: the words after <c>--model</c>.</summary>
public static class HistoryModels
{
    /// <summary>The word of the model that asks nothing: a history is measured, and the verdict is
    /// Unknown.</summary>
    public const string Nothing = "none";

    const int MostToldInALine = 10;

    /// <summary>All of them, in the groups in which people look for them.</summary>
    public static IReadOnlyList<HistoryModelGroup> Groups { get; } =
    [
        new("Objects", [.. ObjectModels.All, .. CollectionModels.All]),
        new("Workloads", [BankHistories.Model, .. WorkloadModels.All]),
        new("Transactions", TransactionModels.All),
        new("Maelstrom's workloads", MaelstromModels.All),
        new("Measures", [new(Nothing, "any operations: measured, and not judged",
            _ => [new NothingJudged()]) { Order = OrderUse.None }]),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HistoryModel> All { get; } = [.. Groups.SelectMany(group => group.Models)];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(model => model.Name)];

    /// <summary>The words after <c>--consistency</c> that some model takes.</summary>
    public static IReadOnlyList<string> Consistencies { get; } =
        [.. All.SelectMany(model => model.Consistencies).Distinct(StringComparer.Ordinal)];

    /// <summary>The model of a name.</summary>
    /// <exception cref="UserMistakeException">There is no such model.</exception>
    public static HistoryModel Named(string name) =>
        All.FirstOrDefault(model => model.Name == name) ?? throw new UserMistakeException(
            $"--model: expected a word of \"steelyard list models\", found \"{name}\""
                + Suggestion.For(name, Names));

    /// <summary>Looks whether a model takes what it is asked with, before anything is read.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="initial">What everything holds at first (a map), or nil for the model's own: registers
    /// nil (multi-registers 0), maps the empty text, banks what their first read shows.</param>
    /// <param name="consistency">The consistency model to hold the history to; null is the model's
    /// strongest.</param>
    /// <exception cref="UserMistakeException">There is no such model, or it takes no
    /// <paramref name="initial"/> or not this <paramref name="consistency"/>.</exception>
    public static HistoryModel Of(string name, Value initial, string? consistency = null)
    {
        var model = Named(name);
        if (!initial.IsNil && !model.TakesInitial)
            throw new UserMistakeException(
                $"--initial: expected with the model {Either(other => other.TakesInitial)}, found with "
                    + $"{name}");
        if (!initial.IsNil && initial.Kind != ValueKind.Map && !model.TakesOneInitial)
            throw new UserMistakeException(
                $"--initial: expected a map such as {{x: 0, y: 0}} with the model {name}, found {initial}");
        if (consistency is not null && model.Consistencies.Count == 0)
            throw new UserMistakeException(
                $"--consistency: expected with the model {Either(other => other.Consistencies.Count > 0)},"
                + $" found with {name}");
        if (consistency is not null && !model.Consistencies.Contains(consistency, StringComparer.Ordinal))
            throw new UserMistakeException(
                $"--consistency: expected {Known(model)} with the model {name}, found \"{consistency}\""
                + Suggestion.For(consistency, model.Consistencies));
        return model;
    }

    // More than a line of words is a list, and lists have a command.
    static string Known(HistoryModel model) => model.Consistencies.Count <= MostToldInALine
        ? $"one of {string.Join(", ", model.Consistencies)}"
        : "a word of \"steelyard list consistency\"";

    static string Either(Func<HistoryModel, bool> takes) =>
        string.Join(" or ", All.Where(takes).Select(model => model.Name));
}
