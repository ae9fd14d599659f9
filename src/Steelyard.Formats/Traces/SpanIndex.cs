namespace Steelyard.Formats.Traces;

/// <summary>Finds spans by their ids within a trace, and their parents: a table of open addresses, since a
/// file may hold millions.</summary>
internal sealed class SpanIndex
{
    const int None = -1;

    readonly SpanTable _spans;
    readonly int[] _places;
    readonly int[] _parents;

    public SpanIndex(SpanTable spans)
    {
        _spans = spans;
        _places = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * spans.Count) + 2)];
        Array.Fill(_places, None);
        _parents = new int[spans.Count];
        for (var span = 0; span < spans.Count; span++)
            Add(span);
        for (var span = 0; span < spans.Count; span++)
        {
            ref readonly var record = ref spans[span];
            _parents[span] = record.Parent == 0 ? None
                : _places[PlaceOf(record.TraceHigh, record.TraceLow, record.Parent)];
        }
    }

    /// <summary>How many spans stand in the file a second time; the later ones are passed over.</summary>
    public int Doubled { get; private set; }

    /// <summary>The parent of a span; -1 where it has none, or where it is not in the file.</summary>
    public int ParentOf(int span) => _parents[span];

    /// <summary>Whether a span names a parent that is not in the file.</summary>
    public bool IsOrphan(int span) => _parents[span] == None && _spans[span].Parent != 0;

    /// <summary>Whether a span is the first, or only, one of its id.</summary>
    public bool IsFirst(int span)
    {
        if (Doubled == 0)
            return true;
        ref readonly var record = ref _spans[span];
        return _places[PlaceOf(record.TraceHigh, record.TraceLow, record.Id)] == span;
    }

    void Add(int span)
    {
        ref readonly var record = ref _spans[span];
        var place = PlaceOf(record.TraceHigh, record.TraceLow, record.Id);
        if (_places[place] == None)
            _places[place] = span;
        else
            // An exporter that got no answer sends a batch again.
            Doubled++;
    }

    int PlaceOf(ulong high, ulong low, ulong id)
    {
        var mask = _places.Length - 1;
        var hash = (id ^ (low * 0x9E3779B97F4A7C15) ^ (high * 0xC2B2AE3D27D4EB4F)) * 0xFF51AFD7ED558CCD;
        for (var place = (int)(hash >> 32) & mask; ; place = (place + 1) & mask)
        {
            if (_places[place] == None)
                return place;
            ref readonly var found = ref _spans[_places[place]];
            if (found.Id == id && found.TraceLow == low && found.TraceHigh == high)
                return place;
        }
    }
}
