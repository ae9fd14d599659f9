namespace Steelyard.Formats.CacheTraces;

/// <summary>What was asked of a cache, recorded.</summary>
/// <param name="Format">How it was written: text, csv or oracle-general.</param>
/// <param name="Objects">The object of each request: a number from 0 on, in order of first
/// appearance.</param>
/// <param name="Sizes">The size of the object of each request in bytes; null where none are told.</param>
/// <param name="Distinct">How many objects there are.</param>
/// <param name="PassedOver">Lines that are marks and no requests.</param>
public sealed record CacheTrace(string Format, int[] Objects, int[]? Sizes, int Distinct, int PassedOver);
