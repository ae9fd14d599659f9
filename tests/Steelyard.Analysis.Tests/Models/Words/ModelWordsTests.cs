using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Models.Words;

/// <summary>What is not linearizable says what contradicts in the words of its model, not as a list of
/// states.</summary>
public class ModelWordsTests
{
    static readonly Value Opening = Value.Map((2, 0), (4, 9_035));

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "register", "0 invoke write 1; 1 invoke write 1; 0 ok write; 1 ok write; 2 invoke write 2;"
            + " 3 invoke read; 2 ok write; 3 ok read nil",
            "process 3 read nil from the register, although in every order that fits so far the register held"
            + " 1 or 2" },
        { "cas-register", "0 invoke write key=x 1; 0 ok write; 0 invoke write key=x 1; 0 ok write;"
            + " 1 invoke cas key=x [2, 3]; 1 ok cas",
            "process 1 put 3 in the place of 2 in x, although in every order that fits so far x held nil or"
            + " 1" },
        { "multi-register", "0 invoke txn [[write, x, 1], [write, y, 1]]; 1 invoke txn [[read, x, nil],"
            + " [read, y, nil]]; 1 ok txn [[read, x, 1], [read, y, 0]];"
            + " 0 ok txn [[write, x, 1], [write, y, 1]]",
            "process 1 read x = 1 and y = 0 at one instant, although in every order that fits so far they"
            + " were x = 0 and y = 0 or x = 1 and y = 1" },
        { "collection-set", "0 invoke add 1; 0 ok add true; 1 invoke read; 1 ok read [1, 2]",
            "process 1 read [1, 2], although in every order that fits so far the set was [] or [1]" },
        { "queue", "0 invoke enqueue 1; 0 ok enqueue; 0 invoke enqueue 2; 0 ok enqueue; 0 invoke enqueue 1;"
            + " 0 ok enqueue; 1 invoke dequeue; 1 ok dequeue 2",
            "process 1 was given 2 by dequeue, although in every order that fits so far the next was 1" },
        { "queue", "0 invoke enqueue 7; 0 ok enqueue; 1 invoke dequeue; 1 ok dequeue 7; 2 invoke dequeue;"
            + " 2 ok dequeue 7",
            "process 2: dequeue → ok 7, which process 1 had taken already" },
        { "mutex", "0 invoke acquire; 0 ok acquire; 1 invoke acquire; 1 ok acquire",
            "process 1 acquired the lock, although in every order that fits so far it was held" },
        { "semaphore", "0 invoke acquire; 0 ok acquire 1; 1 invoke acquire; 1 ok acquire 0",
            "process 1 was refused a permit, although in every order that fits so far the free permits"
            + " were 1" },
        { "counter", "0 invoke add 1; 0 ok add; 1 invoke read; 1 ok read 2",
            "process 1 read 2, although in every order that fits so far the counter was 0 or 1" },
        { "bank", "0 invoke transfer {id: a, from: 4, to: 2, amount: 3000}; 0 ok transfer false",
            "the transfer of $30.00 from account 4 to account 2 (process 0) was refused for want of funds,"
            + " although in every order that fits so far account 4 held $90.35" },
        { "bank", "0 invoke transfer {id: a, from: 4, to: 2, amount: 30}; 0 ok transfer true;"
            + " 1 invoke balances; 1 ok balances {4: 9035, 2: 0}",
            "process 1 read account 2 with $0.00, although in every order that fits so far account 2 held"
            + " $0.30" },
        { "etcd", "0 invoke put key=a 1; 0 ok put {revision: 2}; 1 invoke put key=a 2;"
            + " 1 ok put {revision: 4}",
            "process 1 was answered {revision: 4} by put of a, although in every order that fits so far"
            + " before it the store was at revision 1 without a or revision 2 with a = 1" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void The_sentence_says_what_contradicts_in_the_models_words(
        string model, string steps, string sentence)
    {
        var history = History.Parse(steps.Replace("; ", "\n", StringComparison.Ordinal));

        var verdict = new Linearizable(ModelOf(model)).Check(history);

        Assert.Equal(sentence, verdict.Summary);
    }

    [Fact]
    public void Many_states_are_counted_and_no_sentence_is_cut()
    {
        var lines = string.Concat(Enumerable.Range(0, 9).Select(i => $"{i} invoke write {i % 7}\n"))
            + "20 invoke read\n20 ok read 99\n";

        var sentence = new Linearizable(KnownModels.Register()).Check(History.Parse(
            lines + "30 invoke write 99\n")).Summary;

        Assert.Contains("read 99 from the register", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("…", sentence, StringComparison.Ordinal);
    }

    static Model ModelOf(string name) => name switch
    {
        "register" => KnownModels.Register(),
        "cas-register" => KnownModels.CasRegister(),
        "multi-register" => KnownModels.MultiRegister(),
        "collection-set" => KnownModels.Set(),
        "queue" => KnownModels.Queue(),
        "mutex" => KnownModels.Mutex(),
        "semaphore" => KnownModels.Semaphore(2),
        "counter" => KnownModels.Counter(),
        "bank" => KnownModels.Bank(Opening),
        _ => KnownModels.Etcd(),
    };
}
