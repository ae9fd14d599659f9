using Steelyard.Histories;

namespace Steelyard.Services.Designs.Cart.Promises;

/// <summary>
/// How far an entry has come, as somebody knows. Each entry is added once, under a name of its own, and goes
/// out for good: so it only ever goes from absent to present to removed.
/// </summary>
/// <param name="Entry">Which entry.</param>
/// <param name="IsRemoved">Whether it is known to be out; else, to have come in.</param>
/// <param name="Source">The operation that told.</param>
internal readonly record struct Known(Value Entry, bool IsRemoved, int Source);

/// <summary>What a session knows of carts by its own writes, or by its reads; it only grows.</summary>
internal sealed class Knowledge
{
    readonly SortedDictionary<Value, SortedDictionary<Value, Known>> _carts = [];

    /// <summary>All that is known of a cart now.</summary>
    public IReadOnlyList<Known> Of(Value cart) =>
        _carts.TryGetValue(cart, out var known) ? [.. known.Values] : [];

    /// <summary>Adds to it; who knows of a removal knows no less for having seen the entry before.</summary>
    public void Note(Value cart, Known news)
    {
        if (!_carts.TryGetValue(cart, out var known))
            _carts.Add(cart, known = []);
        if (!known.TryGetValue(news.Entry, out var before) || (news.IsRemoved && !before.IsRemoved))
            known[news.Entry] = news;
    }
}
