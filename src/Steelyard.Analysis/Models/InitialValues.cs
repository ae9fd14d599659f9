using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>What objects hold before the first operation, as a user says it.</summary>
internal static class InitialValues
{
    /// <summary>What one key holds at first.</summary>
    /// <param name="given">A map from key to value, nil where a key is absent; or one value for all.</param>
    /// <param name="key">The key; nil where a recording has none.</param>
    public static Value Of(Value given, Value key) => given.Kind == ValueKind.Map ? given[key] : given;
}
