using System.Runtime.CompilerServices;
using Steelyard.Analysis.Transactions.Weak;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>
/// What is wrong with single reads of registers; definitions of Elle's rw-register. A value that nobody wrote
/// may have stood there before the history began; recordings without real time begin with nothing.
/// </summary>
internal sealed class RegisterFindings(TransactionColumns columns, Findings findings)
{
    readonly bool[] _isIntermediate = new bool[columns.VersionCount];
    readonly KeyMarks _known = new(columns.KeyCount);

    /// <summary>The versions that their own transaction overwrote; known after
    /// <see cref="AddAll"/>.</summary>
    public bool[] IsIntermediate => _isIntermediate;

    /// <summary>Adds all of them.</summary>
    public void AddAll()
    {
        for (var transaction = 0; transaction < columns.Count; transaction++)
            MarkIntermediate(transaction);
        for (var transaction = 0; transaction < columns.Count; transaction++)
            if (columns.Outcomes[transaction] == Outcome.Ok)
                Inspect(transaction);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void MarkIntermediate(int transaction)
    {
        _known.Clear();
        for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
        {
            if (columns.Kinds[step] != StepKind.Write)
                continue;
            if (_known.TryGet(columns.StepKeys[step], out var earlier))
                _isIntermediate[earlier] |= columns.Writers[earlier] == transaction;
            _known.Set(columns.StepKeys[step], columns.StepVersions[step]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Inspect(int transaction)
    {
        _known.Clear();
        var isSound = true;
        for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
        {
            var (key, version) = (columns.StepKeys[step], columns.StepVersions[step]);
            if (columns.Kinds[step] == StepKind.Read)
            {
                if (isSound && _known.TryGet(key, out var expected) && expected != version)
                {
                    AddContradiction(transaction, step, expected);
                    isSound = false;
                }

                InspectRead(transaction, step);
            }

            _known.Set(key, version);
        }
    }

    void AddContradiction(int transaction, int step, int expected) => findings.Add(
        "internal",
        () => $"{Name(transaction)} read {KeyOf(step)} = {Show(columns.StepVersions[step])}, though it had"
            + $" itself read or written {Show(expected)} just before",
        transaction);

    void InspectRead(int reader, int step)
    {
        var version = columns.StepVersions[step];
        var writer = version < 0 ? -1 : columns.Writers[version];
        if (writer < 0)
        {
            if (version >= 0 && !columns.History.TellsRealTime)
                findings.Add(
                    "garbage-read",
                    () => $"{Name(reader)} read {KeyOf(step)} = {Show(version)}, which nobody wrote",
                    reader);
            return;
        }

        if (!columns.Counts(writer))
            findings.Add(
                "G1a",
                () => $"{Name(reader)} read {KeyOf(step)} = {Show(version)}, which {Name(writer)} had"
                    + " written and then aborted",
                writer, reader);
        else if (writer == reader && IsWrittenLater(reader, step))
            findings.Add(
                "future-read",
                () => $"{Name(reader)} read {KeyOf(step)} = {Show(version)}, which it wrote itself only"
                    + " afterwards",
                reader);
        else if (_isIntermediate[version] && writer != reader)
            findings.Add(
                "G1b",
                () => $"{Name(reader)} read {KeyOf(step)} = {Show(version)}, which was not the last that"
                    + $" {Name(writer)} wrote to it",
                writer, reader);
    }

    bool IsWrittenLater(int transaction, int read)
    {
        for (var step = read + 1; step < columns.StepsEnd(transaction); step++)
            if (columns.Kinds[step] == StepKind.Write
                && columns.StepVersions[step] == columns.StepVersions[read])
                return true;
        return false;
    }

    string Name(int transaction) => columns.Name(transaction);

    Value KeyOf(int step) => columns.Key(columns.StepKeys[step]);

    string Show(int version) => version < 0 ? "nil" : columns.VersionValue(version).ToString();
}
