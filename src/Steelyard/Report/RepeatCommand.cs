namespace Steelyard.Report;

/// <summary>A command line the report shows, so that its reader can repeat what it tells.</summary>
/// <param name="Purpose">What it does, in a few words: <c>the same run again</c>.</param>
/// <param name="Command">The exact line: <c>steelyard run bank --seed 0x2a</c>.</param>
internal sealed record RepeatCommand(string Purpose, string Command);
