namespace Steelyard.Analysis.Transactions.Versions;

/// <summary>A relation among few things, as rows of bits.</summary>
internal sealed class BitRelation(int count)
{
    readonly int _words = (count + 63) >> 6;
    ulong[] _bits = new ulong[count * ((count + 63) >> 6)];

    public int Count => count;

    /// <summary>How many words of bits it has: what a look at all of it costs.</summary>
    public int Size => _bits.Length;

    public bool Has(int from, int to) => (_bits[(from * _words) + (to >> 6)] >> (to & 63) & 1) != 0;

    public void Add(int from, int to) => _bits[(from * _words) + (to >> 6)] |= 1UL << (to & 63);

    public BitRelation Copy() => new(count) { _bits = (ulong[])_bits.Clone() };

    /// <summary>Adds a pair to a relation that is transitive, and all that follows; false where something
    /// would come before itself.</summary>
    public bool TryLead(int from, int to)
    {
        if (from == to || Has(to, from))
            return false;
        if (Has(from, to))
            return true;
        for (var earlier = 0; earlier < count; earlier++)
        {
            if (earlier != from && !Has(earlier, from))
                continue;
            Add(earlier, to);
            Row(to, earlier);
        }

        return true;
    }

    void Row(int from, int into)
    {
        var source = _bits.AsSpan(from * _words, _words);
        var target = _bits.AsSpan(into * _words, _words);
        for (var word = 0; word < source.Length; word++)
            target[word] |= source[word];
    }
}
