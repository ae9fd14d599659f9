using Steelyard.Histories;

namespace Steelyard.Formats.Reading;

/// <summary>Maps as files give them: their keys may stand twice, and that is the file's mistake.</summary>
internal static class MapValue
{
    /// <summary>The map of the pairs.</summary>
    /// <exception cref="UserMistakeException">A key stands twice.</exception>
    public static Value Of(List<(Value Key, Value Value)> pairs)
    {
        try
        {
            return Value.Map([.. pairs]);
        }
        catch (ArgumentException twice)
        {
            var seen = new SortedSet<Value>();
            var key = pairs.Find(pair => !seen.Add(pair.Key)).Key;
            throw new UserMistakeException($"the key {key} stands twice in a map", twice);
        }
    }
}
