namespace Steelyard.Plots;

/// <summary>The colours of curves, in their order, by day and by night.</summary>
internal static class PlotColours
{
    static readonly (string Light, string Dark)[] s_all =
    [
        ("#2563a8", "#6aa9ea"), ("#b4541a", "#e8935a"), ("#2f7d4f", "#6cc08d"), ("#7a4ea3", "#bb95dd"),
        ("#a8246b", "#e57ab5"), ("#0f7f86", "#5cc4ca"), ("#66700f", "#b3c64d"), ("#6b5a4a", "#c0ab97"),
    ];

    /// <summary>How many there are; after the last the first comes again.</summary>
    public static int Count => s_all.Length;

    /// <summary>A rule of style for each.</summary>
    /// <param name="rule">What it says of a place and its colours, light and dark.</param>
    public static string Rules(Func<int, string, string, string> rule) => string.Join(
        '\n', s_all.Index().Select(one => rule(one.Index, one.Item.Light, one.Item.Dark)));
}
