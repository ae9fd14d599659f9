namespace Steelyard.Sweeps;

/// <summary>How a point stands, in words.</summary>
internal static class StandingWords
{
    /// <summary>For machines.</summary>
    public static string Id(PointStanding standing) => standing switch
    {
        PointStanding.Frontier => "frontier",
        PointStanding.MayBeDominated => "may-be-dominated",
        PointStanding.Dominated => "dominated",
        _ => "not-placed",
    };

    /// <summary>In a table.</summary>
    public static string Short(PointStanding standing) => standing switch
    {
        PointStanding.Frontier => "frontier",
        PointStanding.MayBeDominated => "may be",
        PointStanding.Dominated => "dominated",
        _ => "not placed",
    };

    /// <summary>For people.</summary>
    public static string Of(PointStanding standing) => standing switch
    {
        PointStanding.Frontier => "on the frontier",
        PointStanding.MayBeDominated => "may be dominated",
        PointStanding.Dominated => "dominated",
        _ => "not placed",
    };
}
