namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>
/// The texts that observers returned, and until when: which of them begin with a given one is a range among
/// them in order, so that a question costs O(log texts) comparisons.
/// </summary>
internal sealed class ObservedTexts
{
    readonly string[] _texts;

    // A tree of greatest numbers: the leaves are its second half, node i stands over 2i and 2i + 1.
    readonly int[] _latest;

    /// <param name="observed">Each text, with the last return that observed it.</param>
    public ObservedTexts(IEnumerable<(string Text, int LastReturn)> observed)
    {
        var inOrder = observed.OrderBy(one => one.Text, StringComparer.Ordinal).ToArray();
        _texts = [.. inOrder.Select(one => one.Text)];
        _latest = new int[2 * _texts.Length];
        for (var i = 0; i < inOrder.Length; i++)
            _latest[_texts.Length + i] = inOrder[i].LastReturn;
        for (var i = _texts.Length - 1; i > 0; i--)
            _latest[i] = Math.Max(_latest[2 * i], _latest[(2 * i) + 1]);
    }

    /// <summary>The last return that observed something that begins with a text; -1 when none did.</summary>
    public int LastUse(string start)
    {
        var from = FirstWhere(0, text => string.CompareOrdinal(text, start) >= 0);
        var until = FirstWhere(from, text => !text.StartsWith(start, StringComparison.Ordinal));
        var latest = -1;
        var (left, right) = (from + _texts.Length, until + _texts.Length);
        for (; left < right; left /= 2, right /= 2)
        {
            if (left % 2 == 1)
                latest = Math.Max(latest, _latest[left++]);
            if (right % 2 == 1)
                latest = Math.Max(latest, _latest[--right]);
        }

        return latest;
    }

    int FirstWhere(int from, Predicate<string> holds)
    {
        var (low, high) = (from, _texts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(_texts[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
