namespace Steelyard.Analysis.Measurements;

/// <summary>What went over the wire in a run, as its world counted it.</summary>
/// <param name="Messages">Messages sent, by nodes and clients.</param>
/// <param name="Bytes">Bytes sent, envelopes included.</param>
public sealed record Traffic(long Messages, long Bytes);
