using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>What values take beside themselves.</summary>
internal static class HeldBytes
{
    const int Header = 24;
    const int EachElement = 16;

    /// <summary>The bytes of the list or map that a value is; elements are shared with others.</summary>
    public static long BytesHeld(this Value value) => value.Kind switch
    {
        ValueKind.List => Header + (EachElement * value.AsList.Length),
        ValueKind.Map => Header + (2 * EachElement * value.AsMap.Length),
        _ => 0,
    };
}
