using System.Globalization;
using Steelyard.Analysis.Policies.Caching;
using Steelyard.Histories;

namespace Steelyard.App.Commands;

/// <summary>The sizes of caches that somebody asks for.</summary>
internal static class CacheSizes
{
    const int CurvePoints = 100;

    /// <summary>Reads them: numbers, shares of all that is ever asked for as 10%, or <c>curve</c>.</summary>
    /// <exception cref="UserMistakeException">A word is none of these, or below 1.</exception>
    public static IReadOnlyList<long> Of(string text, CacheRequests requests) => text == "curve"
        ? [.. Enumerable.Range(1, CurvePoints).Select(point =>
            Math.Max(1, requests.Footprint * point / CurvePoints)).Distinct()]
        : [.. text.Split(',').Select(word => One(word.Trim(), requests))];

    static long One(string word, CacheRequests requests)
    {
        if (word.EndsWith('%') && double.TryParse(
                word.AsSpan(0, word.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture,
                    out var share)
            && share is > 0 and <= 100)
            return Math.Max(1, (long)(requests.Footprint * share / 100));
        return long.TryParse(word, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var size)
            && size > 0
            ? size
            : throw new UserMistakeException(
                $"--size: expected a whole number above 0, a share as 10%, or curve, found \"{word}\"");
    }
}
