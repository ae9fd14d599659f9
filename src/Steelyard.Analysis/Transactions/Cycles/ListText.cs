namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>Lists as sentences show them: long ones by their ends.</summary>
internal static class ListText
{
    const int Whole = 12;
    const int EndsShown = 4;

    public static string Of(TransactionColumns columns, ReadOnlySpan<int> versions)
    {
        if (versions.Length <= Whole)
            return $"[{Join(columns, versions)}]";
        var between = versions.Length - (2 * EndsShown);
        return $"[{Join(columns, versions[..EndsShown])} and {between:N0} more up to"
            + $" {Join(columns, versions[^EndsShown..])}]";
    }

    static string Join(TransactionColumns columns, ReadOnlySpan<int> versions)
    {
        var words = new string[versions.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = columns.VersionValue(versions[i]).ToString();
        return string.Join(' ', words);
    }
}
