using System.Text;

namespace Steelyard.Formats.Traces;

/// <summary>Texts by their bytes, each made once: names and statements come again and again. What comes once
/// each, such as urls, is made anew when the pool is full.</summary>
internal sealed class Utf8Pool
{
    const int MostTexts = 1 << 14;
    const int LongestPooled = 2_048;

    readonly List<int>[] _buckets = new List<int>[1 << 12];
    readonly List<(byte[] Bytes, string Text)> _texts = [];

    /// <summary>The text of some bytes; what is no UTF-8 in them is replaced.</summary>
    public string Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
            return "";
        if (bytes.Length > LongestPooled)
            return Encoding.UTF8.GetString(bytes);
        ref var bucket = ref _buckets[Hash(bytes) & (uint)(_buckets.Length - 1)];
        if (bucket is not null)
            foreach (var place in bucket)
                if (bytes.SequenceEqual(_texts[place].Bytes))
                    return _texts[place].Text;
        var text = Encoding.UTF8.GetString(bytes);
        if (_texts.Count < MostTexts)
        {
            (bucket ??= []).Add(_texts.Count);
            _texts.Add((bytes.ToArray(), text));
        }

        return text;
    }

    // The length, and eight bytes at each end, tell most texts apart; the rest is compared.
    static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * 0x9E3779B97F4A7C15;
        foreach (var one in bytes[..Math.Min(bytes.Length, 16)])
            hash = (hash ^ one) * 0x100000001B3;
        foreach (var one in bytes[Math.Max(0, bytes.Length - 16)..])
            hash = (hash ^ one) * 0x100000001B3;
        return (uint)(hash >> 32);
    }
}
