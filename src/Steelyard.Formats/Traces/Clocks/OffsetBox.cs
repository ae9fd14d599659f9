namespace Steelyard.Formats.Traces.Clocks;

/// <summary>Offsets of all clocks to one of them, the reference, in each cell of time: a range for
/// each.</summary>
internal sealed class OffsetBox
{
    readonly ClockOffsets _offsets;
    readonly (long Least, long Most)[] _ranges;

    OffsetBox(ClockOffsets offsets, int reference, (long Least, long Most)[] ranges)
    {
        _offsets = offsets;
        Reference = reference;
        _ranges = ranges;
    }

    /// <summary>The clock whose time is taken for true.</summary>
    public int Reference { get; }

    /// <summary>All offsets that fit.</summary>
    public static OffsetBox Of(ClockOffsets offsets, int reference)
    {
        var ranges = new (long, long)[offsets.Names.Count * offsets.Cells];
        for (var clock = 0; clock < offsets.Names.Count; clock++)
            for (var cell = 0; cell < offsets.Cells; cell++)
                ranges[(clock * offsets.Cells) + cell] = offsets.Between(clock, reference, cell);
        return new(offsets, reference, ranges);
    }

    /// <summary>Where the range of a clock stands at a time.</summary>
    public int PlaceOf(int clock, long timeNs) =>
        (clock * _offsets.Cells) + _offsets.CellOf(clock, timeNs);

    /// <summary>The range at a place: how far the clock is ahead of the reference.</summary>
    public (long LeastNs, long MostNs) At(int place) => _ranges[place];

    /// <summary>Whether a range has no end on one side.</summary>
    public static bool IsOpen((long Least, long Most) range) =>
        range.Least <= -ClockOffsets.Unbounded || range.Most >= ClockOffsets.Unbounded;

    /// <summary>Both halves, cut in the middle of the widest range among some places; null where none can be
    /// cut.</summary>
    public (OffsetBox Lower, OffsetBox Upper)? Halves(IReadOnlyList<int> places)
    {
        var widest = -1;
        foreach (var place in places)
            if (!IsOpen(_ranges[place]) && Width(place) > (widest < 0 ? 0 : Width(widest)))
                widest = place;
        if (widest < 0)
            return null;
        var (least, most) = _ranges[widest];
        var middle = least + ((most - least) / 2);
        return (With(widest, (least, middle)), With(widest, (middle + (most - least > 1 ? 0 : 1), most)));
    }

    long Width(int place) => _ranges[place].Most - _ranges[place].Least;

    OffsetBox With(int place, (long, long) range)
    {
        var ranges = ((long, long)[])_ranges.Clone();
        ranges[place] = range;
        return new(_offsets, Reference, ranges);
    }
}
