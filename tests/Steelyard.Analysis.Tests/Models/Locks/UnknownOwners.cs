using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Models.Locks;

/// <summary>Every way to say whose the operations are whose clients a history does not name: one of the names
/// there are, or another.</summary>
internal static class UnknownOwners
{
    /// <summary>Whether some way is as wanted.</summary>
    public static bool Any(History history, Func<Func<Operation, int>, bool> isWanted)
    {
        var names = history.Operations.Where(IsNamed).GroupBy(operation => operation.Process)
            .ToDictionary(all => all.Key, all => (int)all.First().Output["client"].AsInteger);
        var answered = history.Operations.Where(operation => operation.Outcome == Outcome.Ok)
            .Select(operation => operation.Process).ToHashSet();
        var nameless = history.Operations
            .Where(operation => operation.Outcome is Outcome.Info or Outcome.Open)
            .Select(operation => operation.Process).Distinct()
            .Where(process => !answered.Contains(process) && names.Count > 0).ToList();
        int[] candidates =
            [0, 1, 2, 3, .. answered.Where(process => !names.ContainsKey(process)).Select(Unnamed)];
        return Try(0);

        bool Try(int next)
        {
            if (next == nameless.Count)
                return isWanted(operation => IsNamed(operation)
                    ? (int)operation.Output["client"].AsInteger
                    : names.GetValueOrDefault(operation.Process, Unnamed(operation.Process)));
            foreach (var name in candidates)
            {
                names[nameless[next]] = name;
                if (Try(next + 1))
                    return true;
            }

            return false;
        }
    }

    // A client that is known, and not by what name.
    static int Unnamed(int process) => 1_000 + process;

    static bool IsNamed(Operation operation) => operation.Output.Kind == ValueKind.Map;
}
