namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>Which of several policies counts.</summary>
public enum HpaSelect
{
    /// <summary>The one that allows the largest change.</summary>
    Max,

    /// <summary>The one that allows the smallest change.</summary>
    Min,

    /// <summary>None: nothing changes in this direction.</summary>
    Disabled,
}

/// <summary>How much may change within a time.</summary>
/// <param name="Value">So many pods, or so many percent of those at the beginning of the period; above
/// 0.</param>
/// <param name="IsPercent">Whether the value is a percentage.</param>
/// <param name="Period">Within so long, above 0.</param>
public readonly record struct HpaRule(int Value, bool IsPercent, TimeSpan Period);

/// <summary>What a <c>behavior</c> says of one direction.</summary>
/// <param name="Rules">How much may change; nothing is held back where there is none.</param>
/// <param name="Window">How far back recommendations are looked at before anything changes; at least
/// 0.</param>
/// <param name="Select">Which of the rules counts.</param>
public sealed record HpaRules(IReadOnlyList<HpaRule> Rules, TimeSpan Window, HpaSelect Select = HpaSelect.Max)
{
    static readonly TimeSpan UsualPeriod = TimeSpan.FromSeconds(15);

    /// <summary>Upwards when nothing is said: 100 % or 4 pods in 15 s, whichever is more, at once.</summary>
    public static HpaRules UsualUp { get; } =
        new([new(4, IsPercent: false, UsualPeriod), new(100, IsPercent: true, UsualPeriod)], TimeSpan.Zero);

    /// <summary>Downwards when nothing is said: all of them, to the highest recommendation of 5
    /// minutes.</summary>
    public static HpaRules UsualDown { get; } =
        new([new(100, IsPercent: true, UsualPeriod)], TimeSpan.FromMinutes(5));

    internal TimeSpan LongestPeriod =>
        Rules.Count == 0 ? TimeSpan.Zero : Rules.Max(rule => rule.Period);

    /// <summary>How many there may be at most.</summary>
    internal int UpLimit(int current, HpaHistory history, TimeSpan now) => Limit(
        current, history, now, Select == HpaSelect.Min, static (began, rule) => rule.IsPercent
            // Rounded up, or a small percentage of few pods would never add one.
            ? HpaCalculator.Ceiling(began * (1 + ((double)rule.Value / 100)))
            : began + rule.Value);

    /// <summary>How few there may be at least.</summary>
    internal int DownLimit(int current, HpaHistory history, TimeSpan now) => Limit(
        current, history, now, Select != HpaSelect.Min, static (began, rule) => rule.IsPercent
            ? (int)(began * (1 - ((double)rule.Value / 100)))
            : began - rule.Value);

    int Limit(
        int current, HpaHistory history, TimeSpan now, bool isLeast, Func<int, HpaRule, int> allowed)
    {
        if (Select == HpaSelect.Disabled)
            return current;
        var limit = isLeast ? int.MaxValue : int.MinValue;
        foreach (var rule in Rules)
        {
            var began = current - history.Ups.Within(rule.Period, now)
                + history.Downs.Within(rule.Period, now);
            var one = allowed(began, rule);
            limit = isLeast ? Math.Min(limit, one) : Math.Max(limit, one);
        }

        return limit;
    }
}

/// <summary>What a <c>behavior</c> says.</summary>
/// <param name="Up">Upwards.</param>
/// <param name="Down">Downwards.</param>
public sealed record HpaBehavior(HpaRules Up, HpaRules Down)
{
    /// <summary>When nothing is said.</summary>
    public static HpaBehavior Usual { get; } = new(HpaRules.UsualUp, HpaRules.UsualDown);
}
