using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Proving;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

public class LinearizableTests
{
    [Theory]
    [InlineData("n2", Validity.Valid)]
    [InlineData("n1", Validity.Invalid)]
    public void A_transfer_that_a_replica_not_asked_may_have_applied_can_have_happened(
        string seenAt, Validity expected)
    {
        var builder = new HistoryBuilder();
        var transfer = Value.Map(("id", "t1"), ("from", 1), ("to", 2), ("amount", 5));
        Add(builder, 0, seenAt, Functions.Transfer, transfer, Outcome.Info, Value.Nil);
        Add(builder, 1, seenAt, Functions.Balances, Value.Nil, Outcome.Ok, Value.Map((1, 5), (2, 10)));
        var told = Value.Map(("applied", Value.List()));
        Add(builder, 2, "n1", Functions.ReplicaState, Value.Nil, Outcome.Ok, told);

        var verdict = new Linearizable(KnownModels.Bank(Value.Map((1, 10), (2, 5)))).Check(builder.Build());

        Assert.Equal(expected, verdict.Validity);
    }

    // Which of 24 open transfers happened is one of 16 million choices; one replica of two tells.
    [Theory]
    [InlineData(true, Validity.Valid)]
    [InlineData(false, Validity.Unknown)]
    public void The_order_that_one_replica_tells_is_tried_first(bool told, Validity expected)
    {
        const int Transfers = 24;
        var builder = new HistoryBuilder();
        for (var i = 0; i < Transfers; i++)
        {
            var transfer = Value.Map(("id", $"t{i}"), ("from", 1), ("to", 2), ("amount", 1 << i));
            Add(builder, i, "n1", Functions.Transfer, transfer, Outcome.Info, Value.Nil);
        }

        var happened = Enumerable.Range(0, Transfers).Where(i => i % 2 == 0).ToList();
        var moved = happened.Sum(i => 1 << i);
        var balances = Value.Map((1, (1 << Transfers) - moved), (2, moved));
        Add(builder, Transfers, "n1", Functions.Balances, Value.Nil, Outcome.Ok, balances);
        if (told)
        {
            var applied = Value.List([.. happened.Select(i => (Value)$"t{i}")]);
            var state = Value.Map(("applied", applied));
            Add(builder, 90, "n1", Functions.ReplicaState, Value.Nil, Outcome.Ok, state);
            Add(builder, 91, "n2", Functions.ReplicaState, Value.Nil, Outcome.Fail, Value.Nil);
        }

        var model = KnownModels.Bank(Value.Map((1, 1 << Transfers), (2, 0)));
        var verdict = new Linearizable(model, stateLimit: 1_000).Check(builder.Build());

        Assert.Equal(expected, verdict.Validity);
    }

    static void Add(
        HistoryBuilder builder, int process, string node, string function, Value input, Outcome outcome,
        Value output)
    {
        var operation = builder.Invoke(process, function, Value.Nil, input, process, process, node);
        builder.Complete(operation, outcome, output, process, null);
    }

    [Fact]
    public void A_read_of_an_overwritten_value_is_invalid_and_three_operations_show_it()
    {
        var verdict = Check(KnownModels.CasRegister(), """
            0 invoke write 7
            0 ok     write
            0 invoke cas [7, 1]
            0 ok     cas
            2 invoke read
            2 ok     read 1
            0 invoke write 2
            0 ok     write
            1 invoke read
            1 ok     read 1
            """);

        Assert.Equal(Validity.Invalid, verdict.Validity);
        var anomaly = Assert.Single(verdict.Anomalies);
        Assert.Equal([1, 3, 4], anomaly.Witness);
        Assert.Equal(
            "process 1 read 1 from the register after 2 had taken its place", anomaly.Explanation);
    }

    // 30,000 sets of as many operations would be held; it took what memory there was, and failed.
    [Fact]
    public void More_open_at_once_than_can_be_held_is_not_decided()
    {
        const int Open = 30_000;
        var builder = new HistoryBuilder();
        var writes = Enumerable.Range(0, Open)
            .Select(process => builder.Invoke(process, Functions.Write, Value.Nil, 1)).ToList();
        foreach (var write in writes)
            builder.Complete(write, Outcome.Ok, Value.Nil);

        Assert.Equal(
            Validity.Unknown, new Linearizable(KnownModels.Register()).Check(builder.Build()).Validity);
    }

    [Fact]
    public void Without_a_witness_the_verdict_is_the_same_and_one_operation_is_named()
    {
        var history = History.Parse(string.Concat(Enumerable.Range(0, 40).Select(i => $"""
            {i % 4} invoke write {i % 3}
            {i % 4} ok     write
            {(i + 1) % 4} invoke read
            {(i + 1) % 4} ok     read {(i == 30 ? (i + 1) % 3 : i % 3)}

            """)));
        var judge = new Linearizable(KnownModels.Register());

        var verdict = judge.WithoutWitness().Check(history);

        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.Equal([61], Assert.Single(verdict.Anomalies).Witness);
        Assert.Contains(61, Assert.Single(judge.Check(history).Anomalies).Witness);
    }

    [Fact]
    public void Where_every_write_is_distinct_the_sentence_names_the_value_that_came_between()
    {
        var verdict = Check(KnownModels.Register(), """
            0 invoke write key=x 1
            0 ok     write key=x
            0 invoke write key=x 2
            0 ok     write key=x
            1 invoke read key=x
            1 ok     read key=x 1
            """);

        Assert.Equal("process 1 read 1 from x after 2 had taken its place", verdict.Summary);
        Assert.Equal([0, 1, 2], verdict.Anomalies[0].Witness);
    }

    [Fact]
    public void Where_all_that_was_done_takes_part_the_last_few_are_named_and_have_no_order_alone()
    {
        var text = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"""
            0 invoke enqueue {i % 7}
            0 ok enqueue
            1 invoke dequeue
            1 ok dequeue {(i < 2_999 ? i % 7 : 5)}

            """));
        var history = History.Parse(text);
        var judge = new Linearizable(KnownModels.Queue());
        var verdict = judge.Check(history);

        Assert.Equal(
            "process 1 was given 5 by dequeue, although in every order that fits so far 5 was not there",
            verdict.Summary);
        Assert.InRange(verdict.Anomalies[0].Witness.Count, 1, 100);
        Assert.True(Proofs.Of(judge, history, verdict).IsVerified);
    }

    [Theory]
    [InlineData("0 fail   write key=x", "process 1 read 1 from x, whose write had failed", 2)]
    [InlineData("0 info   write key=y", "process 1 read 1 from x, which nobody wrote", 1)]
    public void A_read_of_what_was_never_written_is_invalid(string end, string sentence, int witness)
    {
        var key = end[^1];
        var verdict = Check(KnownModels.Register(), $"""
            0 invoke write key={key} 1
            {end}
            1 invoke read key=x
            1 ok     read key=x 1
            """);

        Assert.Equal(sentence, verdict.Summary);
        Assert.Equal(witness, verdict.Anomalies[0].Witness.Count);
    }

    [Fact]
    public void A_read_that_ends_before_its_write_begins_is_invalid()
    {
        var verdict = Check(KnownModels.Register(), """
            1 invoke read
            1 ok     read 1
            0 invoke write 1
            0 ok     write
            """);

        Assert.Equal("process 1 read 1 from the register before its write began", verdict.Summary);
    }

    [Fact]
    public void The_search_and_the_zones_agree_on_long_histories_with_distinct_writes()
    {
        var specimen = Specimens.All.Single(s => s.Name == "distinct");
        for (var seed = 0; seed < 1_000; seed++)
        {
            var history = specimen.Generate(
                new RandomHistories(seed) { MaximumOperations = 60, MaximumClients = 6, MutateOneIn = 40 })
                .Only(o => o.Key == "x");
            var part = Enumerable.Range(0, history.Count)
                .Where(i => Problem.Counts(specimen.Model, history[i])).ToList();
            if (part.Count == 0)
                continue;
            var zones = DistinctWrites.Judge(specimen.Model, history, part)!;
            var search = new ConfigurationSearch(Problem.Of(specimen.Model, history, part)).Run(1_000_000);
            Assert.Equal(search, zones.Contradiction is null ? SearchEnd.Found : SearchEnd.None);
        }
    }

    [Theory]
    [InlineData("kv")]
    [InlineData("register")]
    public void Looking_ahead_changes_no_verdict(string name)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        for (var seed = 0; seed < 1_000; seed++)
        {
            var history = specimen.Generate(
                new RandomHistories(seed) { MaximumOperations = 40, MaximumClients = 5, MutateOneIn = 20 })
                .Only(o => o.Key == "x");
            var part = Enumerable.Range(0, history.Count)
                .Where(i => Problem.Counts(specimen.Model, history[i])).ToList();
            var problem = Problem.Of(specimen.Model, history, part);
            Assert.Equal(
                new ConfigurationSearch(problem, lookAhead: false).Run(1_000_000),
                new ConfigurationSearch(problem).Run(1_000_000));
        }
    }

    [Fact]
    public void A_read_of_the_value_that_stands_is_valid_with_a_proof()
    {
        var verdict = Check(KnownModels.CasRegister(), """
            0 invoke write 1
            1 invoke read
            1 ok     read 1
            0 ok     write
            """);

        Assert.Equal([0, 1], verdict.Linearization);
        Assert.Equal("2 operations have an order that explains them as a cas-register", verdict.Summary);
    }

    [Fact]
    public void A_crashed_write_counts_where_only_a_failed_cas_shows_that_it_happened()
    {
        const string Crashed = """
            0 invoke write 1
            0 ok     write
            1 invoke write 2
            1 info   write
            2 invoke cas [1, 3]
            2 fail   cas

            """;

        Assert.Equal(Validity.Valid, Check(KnownModels.CasRegister(), Crashed).Validity);
        var without = Crashed.Replace("1 invoke write 2\n1 info   write\n", "", StringComparison.Ordinal);
        Assert.Equal(Validity.Invalid, Check(KnownModels.CasRegister(), without).Validity);
    }

    [Fact]
    public void A_failed_cas_is_no_observation_where_reads_fail_without_a_reason_too()
    {
        Assert.Equal(Validity.Valid, Check(KnownModels.CasRegister(), """
            0 invoke write 1
            0 ok     write
            1 invoke read
            1 fail   read
            2 invoke cas [1, 3]
            2 fail   cas
            """).Validity);
    }

    [Fact]
    public void A_crashed_write_may_take_effect_long_afterwards()
    {
        Assert.Equal(Validity.Valid, Check(KnownModels.Register(), """
            0 invoke write 1
            0 info   write
            1 invoke write 2
            1 ok     write
            1 invoke read
            1 ok     read 2
            1 invoke read
            1 ok     read 1
            """).Validity);
    }

    [Fact]
    public void Keys_are_judged_apart_and_their_orders_are_merged_in_real_time()
    {
        var verdict = Check(KnownModels.Kv(), """
            0 invoke put key=x a
            0 ok     put key=x
            1 invoke put key=y b
            1 ok     put key=y
            0 invoke append key=x c
            2 invoke get key=y
            2 ok     get key=y b
            0 ok     append key=x
            2 invoke get key=x
            2 ok     get key=x ac
            """);

        Assert.Equal([0, 1, 2, 3, 4], verdict.Linearization);
    }

    [Fact]
    public void Unknown_says_that_the_states_ran_out()
    {
        var text = string.Concat(Enumerable.Range(0, 12).Select(i => $"{i} invoke cas [{i}, {i + 1}]\n"))
            + string.Concat(Enumerable.Range(0, 12).Select(i => $"{20 + i} invoke write {i}\n"))
            + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i} ok cas\n{20 + i} ok write\n"))
            + "50 invoke read\n50 ok read 99\n";

        var verdict = new Linearizable(KnownModels.CasRegister(), stateLimit: 100).Check(History.Parse(text));

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Equal("100 search states, or the memory for them, ran out on 1 of 1 keys", verdict.Exhausted);
    }

    // A stack of 10,000 elements is 160,000 bytes; a thousand states of it are as much as is held at all.
    [Fact]
    public void States_that_hold_much_run_out_before_their_number_does()
    {
        const int Filled = 10_000;
        var builder = new HistoryBuilder();
        for (var i = 0; i < Filled; i++)
            builder.Complete(builder.Invoke(0, "push", Value.Nil, i % 5), Outcome.Ok, Value.Nil);
        for (var round = 0; round < 2_000; round++)
        {
            var add = builder.Invoke(0, "push", Value.Nil, round % 5);
            var take = builder.Invoke(1, "pop", Value.Nil, Value.Nil);
            builder.Complete(add, Outcome.Ok, Value.Nil);
            builder.Complete(take, Outcome.Ok, round % 5);
        }

        Assert.Equal(Validity.Unknown, new Linearizable(KnownModels.Stack()).Check(builder.Build()).Validity);
    }

    [Fact]
    public void A_history_that_asks_what_the_model_does_not_know_is_a_mistake_of_the_user()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Check(KnownModels.Register(), """
            0 invoke enqueue 1
            0 ok     enqueue
            """));

        Assert.Equal(
            "operation 0: the model register knows read, write and delete; found \"enqueue\"",
            mistake.Message);
    }

    [Fact]
    public void A_model_of_the_users_own_takes_twenty_lines()
    {
        static string Reading(int first) => $"""
            0 invoke add 2
            1 invoke read
            1 ok     read {first}
            0 ok     add
            2 invoke read
            2 ok     read 2
            """;

        Assert.Equal(Validity.Valid, Check(new Counter(), Reading(0)).Validity);
        Assert.Equal(Validity.Invalid, Check(new Counter(), Reading(1)).Validity);
    }

    [Theory]
    [InlineData(3, 5_000)]
    [InlineData(11, -7_000_000)]
    public void Renaming_processes_and_shifting_time_change_nothing(int factor, long shiftNs)
    {
        foreach (var specimen in Specimens.All)
            for (var seed = 0; seed < 100; seed++)
            {
                var history = specimen.Generate(new RandomHistories(seed));
                var renamed = history.Renamed(p => (p * factor) + 1, shiftNs);
                var checker = new Linearizable(specimen.Model);
                Assert.Equal(checker.Check(history).Validity, checker.Check(renamed).Validity);
            }
    }

    static Verdict Check(Model model, string history) =>
        new Linearizable(model).Check(History.Parse(history));

    sealed class Counter : Model<long>
    {
        public override string Name => "counter";

        public override long Initial(Value key) => 0;

        public override bool TryStep(long state, Operation operation, out long next)
        {
            next = operation.Function == "add" ? state + operation.Input.AsInteger : state;
            return operation.Function == "add" || Returned(operation, state);
        }
    }

    // What judges without search passes over may have changed anything.
    [Theory]
    [InlineData("kv", "0 ok swap x")]
    [InlineData("kv", "0 info swap")]
    [InlineData("register", "0 info swap")]
    [InlineData("cas-register", "")]
    [InlineData("versioned-register", "0 info swap")]
    [InlineData("queue", "0 info swap")]
    [InlineData("mutex", "")]
    public void A_function_that_the_model_does_not_know_is_refused_however_it_ended(string model, string end)
    {
        var mistake = Assert.Throws<UserMistakeException>(() =>
            Check(Known(model), $"0 invoke swap x\n{end}"));

        Assert.Contains($"operation 0: the model {model} knows ", mistake.Message);
        Assert.EndsWith("found \"swap\"", mistake.Message);
    }

    static Model Known(string name) => new[]
    {
        KnownModels.Kv(), KnownModels.Register(), KnownModels.CasRegister(), KnownModels.VersionedRegister(),
        KnownModels.Queue(), KnownModels.Mutex(),
    }.Single(model => model.Name == name);

    [Fact]
    public void One_operation_has_an_order() => Assert.Equal(
        "1 operation has an order that explains it as a register",
        Check(KnownModels.Register(), "0 invoke write 1\n0 ok write").Summary);
}
