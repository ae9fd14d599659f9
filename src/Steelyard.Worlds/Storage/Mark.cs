namespace Steelyard.Worlds.Storage;

/// <summary>The newest readable mark of a journal: how long the journal was when it was last saved.</summary>
/// <param name="Exists">False when no slot is readable.</param>
/// <param name="Number">Counts marks, from 1.</param>
/// <param name="Generation">Which rewriting of the journal it speaks of.</param>
/// <param name="Length">Bytes of the journal that were saved.</param>
/// <param name="DamagedSlots">Slots that hold something unreadable: torn, or rotten.</param>
readonly record struct Mark(bool Exists, long Number, long Generation, long Length, int DamagedSlots)
{
    public static Mark Read(byte[]? file)
    {
        var newest = default(Mark);
        var damaged = 0;
        for (var start = 0; start < (file?.Length ?? 0); start += Journal.SlotBytes)
        {
            ReadOnlySpan<byte> slot = file.AsSpan(start, Math.Min(Journal.SlotBytes, file!.Length - start));
            if (!RecordReader.TryTake(ref slot, out var record))
            {
                damaged++;
                continue;
            }

            var mark = new Mark(true, record.Number(), record.Number(), record.Number(), 0);
            if (mark.Number > newest.Number)
                newest = mark;
        }

        return newest with { DamagedSlots = damaged };
    }

    /// <summary>Whether a journal as it was read back surely holds all that was saved.</summary>
    /// <param name="generation">The journal's generation; 0 when its header is unreadable.</param>
    /// <param name="length">How much of it is readable from its start.</param>
    /// <param name="clean">True when that is all of it.</param>
    public bool Accepts(long generation, long length, bool clean)
    {
        if (generation == 0 || generation < Generation)
            return false;
        // With a mark missing nothing tells a torn tail from a rotten one: think the worst.
        if (DamagedSlots > 0 && !clean)
            return false;
        // A newer generation was saved whole before it took the file's name, and nothing was added before
        // its mark.
        return generation == Generation ? length >= Length : clean;
    }
}
