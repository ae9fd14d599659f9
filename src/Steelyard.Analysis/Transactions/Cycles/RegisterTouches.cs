using Steelyard.Analysis.Transactions.Weak;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>What a transaction shows of a register to the outside: the version it read before any write of
/// its own,
/// and the version it left. -1 is nil.</summary>
internal readonly record struct RegisterTouch(
    int Transaction, int Key, bool HasRead, int Read, bool HasWrite, int Written)
{
    /// <summary>The version it met.</summary>
    public int First => HasRead ? Read : Written;

    /// <summary>The version it left.</summary>
    public int Last => HasWrite ? Written : Read;
}

/// <summary>The touches of all transactions that may have happened, in order of transaction.</summary>
internal static class RegisterTouches
{
    public static List<RegisterTouch> Of(TransactionColumns columns)
    {
        var touches = new List<RegisterTouch>(columns.Kinds.Count);
        var places = new KeyMarks(columns.KeyCount);
        for (var transaction = 0; transaction < columns.Count; transaction++)
        {
            if (!columns.Counts(transaction))
                continue;
            places.Clear();
            for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
                Add(columns, touches, places, transaction, step);
        }

        return touches;
    }

    static void Add(
        TransactionColumns columns, List<RegisterTouch> touches, KeyMarks places, int transaction,
        int step)
    {
        var (key, version) = (columns.StepKeys[step], columns.StepVersions[step]);
        var isKnown = places.TryGet(key, out var place);
        switch (columns.Kinds[step])
        {
            case StepKind.Read when !isKnown:
                places.Set(key, touches.Count);
                touches.Add(new(transaction, key, HasRead: true, version, HasWrite: false, -1));
                break;
            case StepKind.Write when !isKnown:
                places.Set(key, touches.Count);
                touches.Add(new(transaction, key, HasRead: false, -1, HasWrite: true, version));
                break;
            case StepKind.Write:
                touches[place] = touches[place] with { HasWrite = true, Written = version };
                break;
        }
    }
}
