using System.Globalization;

namespace Steelyard.Worlds.Contracts;

/// <summary>One kind of failure that services showed in a run: an answer of 5xx, or an exception that was
/// logged as an error. Those with the same request, type and line are one kind.</summary>
/// <param name="What">The request and its status, and the exception with its message and the line of the
/// user's code, as far as they are known; of several that are alike the first.</param>
/// <param name="Hosts">The hosts that showed it, by name.</param>
/// <param name="Count">How often.</param>
/// <param name="WhileWhole">How often while nothing was broken.</param>
public sealed record ServiceFailure(string What, IReadOnlyList<string> Hosts, int Count, int WhileWhole)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count:N0} × {What}, on {string.Join(' ', Hosts)}; {When}");

    string When => WhileWhole == Count ? "while nothing was broken"
        : WhileWhole == 0 ? "while something was broken"
        : string.Create(CultureInfo.InvariantCulture, $"{WhileWhole:N0} of them while nothing was broken");
}
