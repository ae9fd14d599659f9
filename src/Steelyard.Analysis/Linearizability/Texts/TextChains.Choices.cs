namespace Steelyard.Analysis.Linearizability.Texts;

/// <content>Which operation stands where, of those that brought the same.</content>
internal sealed partial class TextChains
{
    /// <summary>Chooses one wherever several brought what was read; false where none will do.</summary>
    public bool TryChooseOperations()
    {
        if (_contradiction is not null)
            return false;
        var windows = _chains.ConvertAll(Windows);
        foreach (var (piece, places) in _places)
            if (!piece.IsKnown && !TryChoose(piece, places, windows))
                return false;
        return true;
    }

    // The place that must be taken first gets the operation that returned first, of those that were open.
    bool TryChoose(TextPiece piece, List<(int Chain, int Link)> places, List<(int From, int Until)[]> windows)
    {
        var left = piece.Operations.OrderBy(ReturnOf).ToList();
        foreach (var place in places.OrderBy(place => windows[place.Chain][place.Link].Until))
        {
            var (from, until) = windows[place.Chain][place.Link];
            var at = left.FindIndex(one => InvocationOf(one) < until && ReturnOf(one) > from);
            if (at < 0)
                return false;
            _chains[place.Chain][place.Link].Operation = left[at];
            _placeOf[left[at]] = place;
            left.RemoveAt(at);
        }

        return true;
    }

    int InvocationOf(int operation) => operation < 0 ? -1 : history[operation].InvokedAt;

    int ReturnOf(int operation) => operation < 0 ? 0 : Returned(operation);

    // When each link of a chain can have happened: after what stands before it began, and before what stands
    // behind it returned.
    (int From, int Until)[] Windows(List<TextLink> links)
    {
        var windows = new (int From, int Until)[links.Count];
        var (from, until) = (-1, int.MaxValue);
        for (var at = 0; at < links.Count; at++)
        {
            windows[at].From = from;
            from = Math.Max(from, LatestStart(links[at]));
        }

        for (var at = links.Count - 1; at >= 0; at--)
        {
            if (links[at].FirstReader >= 0)
                until = Math.Min(until, Returned(links[at].FirstReader));
            windows[at].Until = until;
            if (links[at].Operation >= 0)
                until = Math.Min(until, Returned(links[at].Operation));
        }

        return windows;
    }

    int LatestStart(TextLink link) => Math.Max(
        link.Operation < 0 ? -1 : history[link.Operation].InvokedAt,
        link.LastReader < 0 ? -1 : history[link.LastReader].InvokedAt);
}
