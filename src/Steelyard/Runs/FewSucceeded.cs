using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>
/// Whether what was asked succeeded often enough while nothing was broken. A service that answers every
/// payment with an error charges none twice, and that says nothing of it: what holds only because little
/// happened is undecided.
/// </summary>
internal static class FewSucceeded
{
    const string Name = "enough-succeeded";

    // Fewer tell nothing: the first request of a cold service may well be too late.
    const int Least = 5;

    sealed class Asked
    {
        readonly Dictionary<string, int> _errors = new(StringComparer.Ordinal);

        public int All { get; private set; }

        public int Answered { get; private set; }

        // Of those that are as frequent the first by name, so that two runs say the same.
        public string Usual => _errors.Count == 0 ? "" : _errors
            .OrderByDescending(error => error.Value).ThenBy(error => error.Key, StringComparer.Ordinal)
            .Select(error => FormattableString.Invariant(
                $"; {error.Value:N0} were told \"{error.Key}\"")).First();

        public void Count(Operation operation)
        {
            All++;
            // A plain no, such as that of a compare-and-set which found something else, is an answer.
            if (operation.Outcome == Outcome.Ok || operation is { Outcome: Outcome.Fail, Error: null })
                Answered++;
            else if (operation.Error is { } error)
                _errors[error] = _errors.GetValueOrDefault(error) + 1;
        }
    }

    /// <summary>A verdict for each function of which too few succeeded.</summary>
    /// <param name="history">What clients saw.</param>
    /// <param name="floor">The share that must have succeeded, 0 to 1.</param>
    /// <param name="failures">What services failed with, the most important first.</param>
    public static IEnumerable<Verdict> Of(
        History history, double floor, IReadOnlyList<ServiceFailure> failures)
    {
        var cause = failures.FirstOrDefault(failure => failure.WhileWhole > 0) is { } first
            ? $"; the services failed with: {first}"
            : "";
        FaultExtent[] faults = [.. FaultExtent.Of(history)];
        var functions = new SortedDictionary<string, Asked>(StringComparer.Ordinal);
        foreach (var operation in history.Operations)
        {
            // Also where only a part of it fell into a fault.
            if (operation.IsSession
                || faults.Any(fault => fault.Overlaps(operation.InvokedAt, operation.CompletedAt)))
                continue;
            if (!functions.TryGetValue(operation.Function, out var asked))
                functions.Add(operation.Function, asked = new());
            asked.Count(operation);
        }

        return functions
            .Where(function => function.Value.All >= Least
                && function.Value.Answered < floor * function.Value.All)
            .Select(function => Verdict.Undecided(Name, Told(function.Key, function.Value, floor) + cause));
    }

    static string Told(string function, Asked asked, double floor) => string.Create(
        CultureInfo.InvariantCulture,
        $"{asked.Answered:N0} of {asked.All:N0} {function} succeeded while nothing was broken, fewer than the"
        + $" {floor * 100:0.#} % from which a promise is called held{asked.Usual}");
}
