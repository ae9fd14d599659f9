namespace Steelyard.Tests;

/// <summary>Places that break a rule of the house.</summary>
internal static class Offenders
{
    /// <summary>Fails with a line for each, where there are any.</summary>
    public static void None(IEnumerable<string> offenders)
    {
        var told = string.Join('\n', offenders);
        Assert.True(told.Length == 0, told);
    }
}
