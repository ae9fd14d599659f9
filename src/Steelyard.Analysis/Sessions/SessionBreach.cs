namespace Steelyard.Analysis.Sessions;

/// <summary>How sessions contradict a promise, in nodes.</summary>
/// <param name="Pattern">The name of the bad pattern: those of causal consistency are Bouajjani's, table
/// 2.</param>
/// <param name="Read">The read that cannot be explained.</param>
/// <param name="Newer">The write it should have seen, or that stands in its way; -1 when there is no single
/// one.</param>
internal sealed record SessionBreach(string Pattern, int Read, int Newer);
