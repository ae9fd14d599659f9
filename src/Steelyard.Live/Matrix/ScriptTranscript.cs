namespace Steelyard.Live.Matrix;

/// <summary>What the sessions of a script did and were told, a line a step.</summary>
internal sealed class ScriptTranscript
{
    readonly List<string> _lines = [];

    /// <summary>Notes a step; sessions may do so at the same time.</summary>
    public void Note(string line)
    {
        lock (_lines)
            _lines.Add(line);
    }

    /// <summary>What the script found, with all that led to it.</summary>
    /// <param name="occurred">Whether it happened.</param>
    /// <param name="evidence">One line: what was seen.</param>
    public ScriptFinding Finds(bool occurred, string evidence) => new(occurred, evidence, _lines);
}
