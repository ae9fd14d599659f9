using System.Globalization;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>What services failed with, in sentences for whoever reads a result.</summary>
internal static class FailureNotes
{
    const int Most = 5;

    /// <summary>None where nothing failed; else a sentence for each of the first kinds.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<ServiceFailure> failures)
    {
        foreach (var failure in failures.Take(Most))
            yield return $"The services failed with {failure}.";
        if (failures.Count > Most)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"And with {failures.Count - Most:N0} more kinds of failure,"
                + $" {failures.Skip(Most).Sum(failure => failure.Count):N0} in all.");
    }
}
