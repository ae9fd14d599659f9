using Steelyard.Analysis.Sessions;

namespace Steelyard.Analysis.Transactions.Guarantees;

/// <summary>The guarantees of sessions of transactions over registers, by the judges of single
/// registers.</summary>
internal sealed class RegisterGuarantees
{
    readonly TransactionColumns _columns;
    readonly SessionColumns _steps;

    public RegisterGuarantees(TransactionColumns columns)
    {
        _columns = columns;
        _steps = Flattened();
    }

    /// <summary>A breach of a word, or null.</summary>
    public (GuaranteeBreach? Breach, string? Open) Judge(string word)
    {
        if (CausalPasts.AreTooMany(_steps))
            return (null, $"{word} of {_steps.Writers:N0} processes would take too much memory");
        Func<SessionColumns, SessionBreach?> judge = word switch
        {
            "read-your-writes" => SessionPatterns.ReadYourWrites,
            "monotonic-reads" => SessionPatterns.MonotonicReads,
            "monotonic-writes" => SessionPatterns.MonotonicWrites,
            "writes-follow-reads" => SessionPatterns.WritesFollowReads,
            _ => steps => ProcessView.Breach(steps, CausalPasts.OfSessions(steps)),
        };
        if (judge(_steps) is not { } found)
            return (null, null);
        var (core, breach) = SessionCore.Of(_steps, found, judge);
        return (new(Transactions(core), Sentence(word, core, breach)), null);
    }

    // Operations of the columns are steps here.
    SessionColumns Flattened()
    {
        var (steps, processes, keys) = (new List<int>(), new List<int>(), new List<int>());
        var nodes = new int[_columns.VersionCount];
        Array.Fill(nodes, -1);
        for (var transaction = 0; transaction < _columns.Count; transaction++)
        {
            var (start, end) = (_columns.FirstSteps[transaction], _columns.StepsEnd(transaction));
            for (var step = start; step < end && _columns.Counts(transaction); step++)
                if (_columns.Kinds[step] != StepKind.UnknownRead)
                    Add(step, _columns.Processes[transaction]);
        }

        return new(
            [.. steps], [.. processes], [.. keys],
            [.. steps.Select(step => !IsRead(step) ? SessionColumns.NoRead
                : _columns.StepVersions[step] is >= 0 and var version ? nodes[version]
                : SessionColumns.InitialVersion)],
            [.. steps.Select(step => !IsRead(step))]);

        void Add(int step, int process)
        {
            if (!IsRead(step))
                nodes[_columns.StepVersions[step]] = steps.Count;
            steps.Add(step);
            processes.Add(process);
            keys.Add(_columns.StepKeys[step]);
        }
    }

    bool IsRead(int step) => _columns.Kinds[step] == StepKind.Read;

    int[] Transactions(SessionColumns core) =>
        [.. core.Operations.Select(_columns.TransactionOf).Distinct()];

    string Sentence(string word, SessionColumns core, SessionBreach breach)
    {
        var step = core.Operations[breach.Read];
        var (reader, key) = (_columns.TransactionOf(step), _columns.StepKeys[step]);
        var seen = $"{_columns.Name(reader)} of process {_columns.ProcessName(reader)} read"
            + $" {_columns.Key(key)} = {Show(_columns.StepVersions[step])}";
        var newer = breach.Newer < 0 ? null : Written(core.Operations[breach.Newer]);
        return word switch
        {
            "read-your-writes" when newer is null => $"{seen}, which its process wrote only later",
            "read-your-writes" => $"{seen} after its process had written {newer}",
            "monotonic-reads" => $"{seen} after its process had read {newer}",
            "monotonic-writes" => $"{seen} after its process had read a write that came later than {newer} in"
                + " another process",
            "writes-follow-reads" => $"{seen} after a write whose process had read a newer version",
            _ => $"{seen}, and no one order of the writes that keeps that of each process explains all that"
                + " its process read",
        };
    }

    string Written(int step) =>
        $"{Show(_columns.StepVersions[step])} in {_columns.Name(_columns.TransactionOf(step))}";

    string Show(int version) => version < 0 ? "nil" : _columns.VersionValue(version).ToString();
}
