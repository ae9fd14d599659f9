using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>Durations as people write them: <c>250us</c>, <c>250ms</c>, <c>5s</c>, <c>2m</c>,
/// <c>1h</c>.</summary>
public static class Durations
{
    static readonly (string Suffix, long Ticks)[] Units =
    [
        ("us", TimeSpan.TicksPerMicrosecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
    ];

    // Ten years of virtual time are more than anybody waits for, and a few of them added up still fit into
    // 64 bits of nanoseconds.
    static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    /// <summary>Reads one, of at most ten years; negative ones are read too.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach (var (suffix, ticks) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal))
                continue;
            var digits = text.AsSpan(0, text.Length - suffix.Length);
            if (decimal.TryParse(
                    digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture, out var number)
                && Math.Abs(number) <= (decimal)Longest.Ticks / ticks)
            {
                duration = TimeSpan.FromTicks((long)(number * ticks));
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out var duration)
        ? duration
        : throw new UserMistakeException($"expected a duration such as 250ms, 5s or 2m, found \"{text}\"");

    /// <summary>Writes one so that <see cref="Parse"/> reads the same again.</summary>
    public static string Format(TimeSpan duration)
    {
        for (var i = Units.Length - 1; i >= 0; i--)
            if (duration.Ticks % Units[i].Ticks == 0 && (duration.Ticks != 0 || i == 2))
                return FormattableString.Invariant($"{duration.Ticks / Units[i].Ticks}{Units[i].Suffix}");
        return FormattableString.Invariant($"{duration.Ticks / (decimal)TimeSpan.TicksPerMicrosecond}us");
    }
}
