using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Workloads;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>What Maelstrom asks of the nodes it drives, by its own names; <c>unique-ids</c> and <c>kafka</c>
/// stand among the workloads.</summary>
internal static class MaelstromModels
{
    const string InRealTime = "linearizable";

    static readonly string[] s_counting = ["add", Functions.Read];

    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        new("echo", "echo, which returns its argument", _ => [new Echoes()]) { Judged = ["echo"] },
        Set("broadcast", "broadcast of a message, and read of all that a node knows", "broadcast"),
        Set("g-set", "the same as set-full, by Maelstrom's name", "add"),
        new("g-counter", "add of 0 or more, and read; the final reads are judged",
            _ => [new FinalCounter(onlyGrows: true)]) { Judged = s_counting },
        new("pn-counter", "add of any number, and read; the final reads are judged",
            _ => [new FinalCounter()]) { Judged = s_counting },
        new("lin-kv", "read, write and cas of values [key value], each key a register",
            request => [new Linearizable(KnownModels.CasRegister(request.Initial))])
        {
            TakesInitial = true,
            TakesOneInitial = true,
            Order = OrderUse.Constrains,
            InOurWords = PairedKeys.Apart,
        },
        new("lin-tso", "ts, which returns a timestamp greater than all before",
            _ => [new TimestampOracle()]) { Judged = ["ts"] },
        TransactionModels.ListAppend("txn-list-append", "the same as list-append, by Maelstrom's name"),
        TransactionModels.RwRegister("txn-rw-register", "the same as rw-register, by Maelstrom's name"),
    ];

    static HistoryModel Set(string name, string summary, string add) =>
        new(name, summary, request => [new SetFull(request.Consistency == InRealTime, name, add)])
        {
            Consistencies = [InRealTime],
            Judged = [add, Functions.Read],
        };
}
