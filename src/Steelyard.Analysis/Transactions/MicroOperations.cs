using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions;

/// <summary>
/// The steps of transactions, <c>[word key value]</c>. Harnesses call a transaction what they like (Jepsen's
/// long-fork test: <c>:f :write :value [[:w 9 1]]</c>), and the steps by long words or short ones.
/// </summary>
internal static class MicroOperations
{
    /// <summary>Whether a value is a list of steps, at least one, whatever the operation is called.</summary>
    public static bool Are(Value steps)
    {
        if (steps.Kind != ValueKind.List || steps.AsList.IsEmpty)
            return false;
        foreach (var step in steps.AsList)
            if (step.Kind != ValueKind.List || step.AsList.Length is < 2 or > 3
                || step.AsList[0].Kind != ValueKind.Text || !IsKnown(step.AsList[0].AsText))
                return false;
        return true;
    }

    /// <summary>Whether a word is that of a read.</summary>
    public static bool IsRead(string word) => word is "r" or "read";

    /// <summary>Whether a word means the same as a short one: <c>append</c>, <c>w</c>.</summary>
    public static bool IsWord(string word, string meaning) =>
        word == meaning || (word == "write" && meaning == "w") || (word == "a" && meaning == "append");

    static bool IsKnown(string word) =>
        IsRead(word) || word is "append" or "a" or "w" or "write" or Functions.Delete;
}
