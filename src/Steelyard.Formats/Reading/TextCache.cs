using System.Text;

namespace Steelyard.Formats.Reading;

/// <summary>
/// Hands out the same string for the same short bytes, so that function names, keys and small payloads of a
/// million lines are allocated once. Of fixed size: a newer text takes the place of an older one.
/// </summary>
internal sealed class TextCache
{
    const int Longest = 24;
    static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly string?[] _places = new string?[4096];

    /// <summary>The text of UTF-8 bytes.</summary>
    /// <exception cref="DecoderFallbackException">They are not UTF-8.</exception>
    public string Get(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest)
            return Strict.GetString(bytes);
        var hash = 2166136261u;
        foreach (var one in bytes)
            hash = (hash ^ one) * 16777619u;
        ref var place = ref _places[(hash ^ (hash >> 15)) & 4095];
        if (place is null || !Ascii.Equals(bytes, place))
            place = Strict.GetString(bytes);
        return place;
    }
}
