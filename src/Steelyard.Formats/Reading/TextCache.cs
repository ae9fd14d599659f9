using System.Text;

namespace Steelyard.Formats.Reading;

/// <summary>
/// Hands out the same string for the same short bytes, so that function names, keys and small payloads of a
/// million lines are allocated once. A newer text takes the place of an older one, once there are as many
/// places as there ever will be.
/// </summary>
internal sealed class TextCache
{
    const int Longest = 24;
    const int FewestPlaces = 64;
    const int MostPlaces = 4096;
    static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    string?[] _places = [];
    int _made;

    /// <summary>The text of UTF-8 bytes.</summary>
    /// <exception cref="DecoderFallbackException">They are not UTF-8.</exception>
    public string Get(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest)
            return Strict.GetString(bytes);
        var hash = 2166136261u;
        foreach (var one in bytes)
            hash = (hash ^ one) * 16777619u;
        hash ^= hash >> 15;
        if (_places.Length > 0 && _places[hash & (_places.Length - 1)] is { } known
            && Ascii.Equals(bytes, known))
            return known;
        if (_made++ >= _places.Length && _places.Length < MostPlaces)
            _places = new string?[Math.Max(FewestPlaces, _places.Length * 8)];
        return _places[hash & (_places.Length - 1)] = Strict.GetString(bytes);
    }
}
