using System.Collections.Immutable;
using System.Globalization;
using Steelyard.Services.Designs.Cart.Promises;

namespace Steelyard.Services.Designs.Cart.Api;

/// <summary>
/// How many changes of each replica are known (Parker et al. 1983): what a replica has, or what a shopper has
/// seen. As text <c>3.5</c>.
/// </summary>
/// <param name="Known">The number of the last change known, for each replica in order.</param>
internal sealed record CartVersion(ImmutableArray<long> Known)
{
    /// <summary>Nothing is known of so many replicas.</summary>
    public static CartVersion Nothing(int replicas) => new([.. new long[replicas]]);

    /// <summary>Reads a text; null where it is not one of so many replicas.</summary>
    public static CartVersion? Parse(string text, int replicas)
    {
        var parts = text.Split('.');
        var known = new long[parts.Length];
        var areNumbers = parts.Select((part, place) => long.TryParse(
            part, NumberStyles.None, CultureInfo.InvariantCulture, out known[place])).ToList();
        return parts.Length == replicas && areNumbers.TrueForAll(isNumber => isNumber)
            ? new([.. known])
            : null;
    }

    /// <summary>Whether all that another one knows is known.</summary>
    public bool Covers(CartVersion other) =>
        Known.Select((number, place) => number >= other.Known[place]).All(covers => covers);

    /// <summary>What is known to one or the other.</summary>
    public CartVersion And(CartVersion other) =>
        new([.. Known.Select((number, place) => Math.Max(number, other.Known[place]))]);

    /// <summary>The same, and a change of a replica.</summary>
    public CartVersion With(int replica, long number) => new(Known.SetItem(replica, number));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join('.', Known.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
