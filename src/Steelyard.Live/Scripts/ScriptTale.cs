namespace Steelyard.Live.Scripts;

/// <summary>What came of a script: what was read, who committed, and what was there at last.</summary>
internal sealed class ScriptTale
{
    readonly SortedDictionary<string, ScriptRows> _reads = new(StringComparer.Ordinal);
    readonly SortedSet<int> _committed = [];
    readonly SortedDictionary<int, string> _refused = [];
    readonly List<string> _lines = [];

    /// <summary>What the table held when all sessions were done.</summary>
    public ScriptRows Last { get; set; } = new([]);

    /// <summary>What every session did and was told, a line a step.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>What a step has read; nothing where it was refused or never came to it.</summary>
    public ScriptRows Read(string label) => _reads.GetValueOrDefault(label) ?? new([]);

    /// <summary>Whether a step was answered.</summary>
    public bool HasRead(string label) => _reads.ContainsKey(label);

    /// <summary>Whether all of these sessions committed.</summary>
    public bool Committed(params IReadOnlyList<int> sessions) => sessions.All(_committed.Contains);

    /// <summary>What happened, in one line.</summary>
    public string Evidence => string.Join("; ", (string[])
    [
        .. _reads.Select(read => $"{read.Key}: {read.Value}"),
        _committed.Count == 0 ? "none committed" : $"committed: {Names(_committed)}",
        .. _refused.Select(pair => $"T{pair.Key} refused with {pair.Value}"),
        $"at last: {Last}",
    ]);

    /// <summary>A step stands still until another session lets it go on.</summary>
    public void Waits(ScriptStep step) => Add(step, "waits");

    /// <summary>A step was answered with rows.</summary>
    public void Answered(ScriptStep step, ScriptRows rows)
    {
        _reads[step.Label!] = rows;
        Add(step, rows.ToString());
    }

    /// <summary>A step was done.</summary>
    public void Done(ScriptStep step, int rows)
    {
        if (step.IsCommit)
            _committed.Add(step.Session);
        Add(step, rows < 0 ? "done" : FormattableString.Invariant($"rows: {rows}"));
    }

    /// <summary>A step was refused, and with it the whole transaction.</summary>
    public void Refused(ScriptStep step, string why)
    {
        _refused[step.Session] = why;
        Add(step, $"refused with {why}, rolled back");
    }

    /// <summary>A step was not done, since its transaction was over.</summary>
    public void Skipped(ScriptStep step) => Add(step, "not done: its transaction is over");

    void Add(ScriptStep step, string what) => _lines.Add($"T{step.Session}  {step.Sql}  ->  {what}");

    static string Names(IEnumerable<int> sessions) =>
        string.Join(' ', sessions.Select(session => $"T{session}"));
}
