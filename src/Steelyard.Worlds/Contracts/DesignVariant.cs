namespace Steelyard.Worlds.Contracts;

/// <summary>Other options of a design, and what they show.</summary>
/// <param name="Options">As on the command line: <c>--batch 1</c>.</param>
/// <param name="Shows">What a reader sees there that the usual options do not show, in a few words and
/// without figures, which depend on the seed.</param>
public sealed record DesignVariant(string Options, string Shows);
