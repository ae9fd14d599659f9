namespace Steelyard.Analysis.Laws;

/// <summary>Parameters that many laws take.</summary>
internal static class Parameters
{
    public static LawParameter Above0(string name, string meaning, double? usual = null) =>
        new(name, meaning, 0, double.PositiveInfinity) { IsWithin = true, Default = usual };

    public static LawParameter AtLeast0(string name, string meaning, double? usual = null) =>
        new(name, meaning, 0, double.PositiveInfinity) { Default = usual };

    public static LawParameter Time(string name, string meaning, double? usual = null) =>
        new(name, meaning, 0, double.PositiveInfinity) { IsWithin = true, IsTime = true, Default = usual };

    public static LawParameter Share(string name, string meaning, double? usual = null) =>
        new(name, meaning, 0, 1) { Default = usual };

    public static LawParameter Inside(string name, string meaning, double? usual = null) =>
        new(name, meaning, 0, 1) { IsWithin = true, Default = usual };

    public static LawParameter Count(string name, string meaning, double? usual = null, double most = 1e6) =>
        new(name, meaning, 1, most) { IsWhole = true, Default = usual };
}
