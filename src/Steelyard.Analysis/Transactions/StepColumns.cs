using System.Runtime.CompilerServices;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions;

/// <summary>Columns of a history that already holds its steps as columns: no value is made.</summary>
internal static class StepColumns
{
    /// <summary>The columns; see <see cref="TransactionReader.Read"/>.</summary>
    public static TransactionColumns Of(History history, TransactionSteps steps, out string? twice)
    {
        var columns = new TransactionColumns(history, steps);
        Reserve(columns, steps);
        for (var version = 0; version < steps.VersionCount; version++)
            columns.Writers.Add(-1);
        twice = null;
        for (var transaction = 0; transaction < steps.Count; transaction++)
        {
            columns.Begin(transaction, steps.OutcomeOf(transaction), steps.Process(transaction));
            for (var step = steps.FirstStep(transaction); step < steps.FirstStep(transaction + 1); step++)
                twice = AddStep(columns, transaction, steps, step) ?? twice;
        }

        columns.LeaveOutUnseen();
        return columns;
    }

    static void Reserve(TransactionColumns columns, TransactionSteps steps)
    {
        columns.Operations.Reserve(steps.Count);
        columns.Outcomes.Reserve(steps.Count);
        columns.Processes.Reserve(steps.Count);
        columns.FirstSteps.Reserve(steps.Count);
        columns.Kinds.Reserve(steps.StepCount);
        columns.StepKeys.Reserve(steps.StepCount);
        columns.StepVersions.Reserve(steps.StepCount);
        columns.Writers.Reserve(steps.VersionCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static string? AddStep(TransactionColumns columns, int transaction, TransactionSteps steps, int step)
    {
        var (isWrite, version) = (steps.IsWrite(step), steps.VersionOf(step));
        columns.Kinds.Add(isWrite ? StepKind.Write : StepKind.Read);
        columns.StepKeys.Add(steps.KeyOf(step));
        columns.StepVersions.Add(version);
        if (!isWrite)
            return null;
        return TransactionReader.SetWriter(columns, version, transaction)
            ? null
            : TransactionReader.Twice(columns, version, transaction);
    }
}
