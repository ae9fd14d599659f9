using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public class EdnHistoryTests
{
    [Theory]
    [InlineData("""
        {:process 0, :type :invoke, :f :write, :value 3}
        {:process 0, :type :ok, :f :write, :value 3}
        """)]
    [InlineData("""
        ; recorded somewhere
        [{:process 0 :type :invoke :f :write :value 3}
         {:process 0 :type :ok :f :write :value 3}]
        """)]
    [InlineData("({:process 0 :type :invoke :f :write :value 3}{:process 0 :type :ok :f :write :value 3})")]
    [InlineData("""
        #jepsen.history.Op{:index 4, :time 10, :type :invoke, :process 0, :f :write, :value 3}
        #jepsen.history.Op{:index 9, :time 20, :type :ok, :process 0, :f :write, :value 3}
        """)]
    [InlineData("""
        [#jepsen.history.Op{:process 0, :type :invoke, :f :write, :value 3, :extra #{[1] {"a" \b}}}
        #_ {:process 9} #jepsen.history.Op{:process 0, :type :ok, :f :write, :value 3}]
        """)]
    public void The_same_history_is_read_in_whatever_shape_it_stands(string edn)
    {
        var read = Read(edn);
        Assert.Equal("jepsen-edn", read.Format.Name);
        var write = Assert.Single(read.History.Operations);
        Assert.Equal(("write", (Value)3, Outcome.Ok), (write.Function, write.Input, write.Outcome));
    }

    [Fact]
    public void Info_and_fail_repeat_their_argument_and_that_is_no_result()
    {
        var history = Read("""
            {:process 0 :type :invoke :f :cas :value [1 2]}
            {:process 0 :type :fail :f :cas :value [1 2] :error :did-not-match}
            {:process 1 :type :invoke :f :write :value 5}
            {:process 1 :type :info :f :write :value 5 :error [:timeout "n1"]}
            """).History;
        Assert.True(history[0].Output.IsNil);
        Assert.Equal(Value.List(1, 2), history[0].Input);
        Assert.Equal("did-not-match", history[0].Error);
        Assert.Equal("[timeout, n1]", history[1].Error);
    }

    [Fact]
    public void Transactions_keep_their_payload_as_lists()
    {
        var history = Read("""
            {:process 0 :type :invoke :value [[:append 4 2] [:r 5 nil]]}
            {:process 0 :type :ok :value [[:append 4 2] [:r 5 [1 2]]]}
            """).History;
        Assert.Equal(Functions.Txn, history[0].Function);
        Assert.Equal(
            Value.List(Value.List("append", 4, 2), Value.List("r", 5, Value.List(1, 2))), history[0].Output);
    }

    [Fact]
    public void Independent_tuples_become_keys_when_asked_for()
    {
        var history = Read("""
            {:process 0 :type :invoke :f :write :value [:x 3]}
            {:process 0 :type :ok :f :write :value [:x 3]}
            {:process 0 :type :invoke :f :cas :value [:y [1 2]]}
            {:process 0 :type :ok :f :cas :value [:y [1 2]]}
            """, new ReadOptions { IndependentKeys = true }).History;
        Assert.Equal(("x", (Value)3), (history[0].Key, history[0].Input));
        Assert.Equal(("y", Value.List(1, 2)), (history[1].Key, history[1].Input));
    }

    [Fact]
    public void Events_without_a_process_complete_the_oldest_of_their_function_and_value()
    {
        var history = Read("""
            {:index 1, :type :invoke :f :write :value 1}
            {:index 2, :type :invoke :f :write :value 2}
            {:index 3, :type :invoke :f :read :value nil}
            {:index 4, :type :ok :f :write :value 2}
            {:index 5, :type :ok :f :read :value #{1 2}}
            """).History;
        Assert.Equal([Outcome.Open, Outcome.Ok, Outcome.Ok], history.Operations.Select(one => one.Outcome));
        Assert.Equal([0, 1, 2], history.Operations.Select(one => one.Process));
    }

    [Fact]
    public void Without_processes_very_many_may_be_open_and_each_is_completed_once()
    {
        const int count = 100_000;
        var text = string.Concat(
            Enumerable.Range(0, count).Select(i => $"{{:type :invoke :f :write :value {i}}}\n"));
        text += string.Concat(
            Enumerable.Range(0, count).Select(i => $"{{:type :ok :f :write :value {count - 1 - i}}}\n"));

        var history = Read(text + "{:type :invoke :f :write :value 0}").History;

        Assert.Equal(Outcome.Open, history[count].Outcome);
        Assert.Equal((2 * count) - 1, history[0].CompletedAt);
        Assert.Equal(
            "x line 2: write completes without having been invoked",
            Assert.Throws<UserMistakeException>(
                () => Read("{:type :invoke :f :read}\n{:type :ok :f :write :value 1}")).Message);
    }

    [Fact]
    public void A_nemesis_becomes_fault_events_where_each_of_its_operations_was_done()
    {
        var history = Read("""
            {:type :info, :f :start, :process :nemesis, :time 1}
            {:type :info, :f :start, :process :nemesis, :time 2, :value "cut off n1"}
            {:process 0 :type :invoke :f :read :time 3}
            {:type :info, :f :stop, :process :nemesis, :time 4}
            {:type :info, :f :stop, :process :nemesis, :time 5}
            {:type :info, :f :kill, :process :nemesis, :time 6}
            {:type :info, :f :kill, :process :nemesis, :time 7, :value {"n2" :killed}}
            {:type :info, :f :start, :process :nemesis, :time 8}
            {:type :info, :f :start, :process :nemesis, :time 9}
            {:type :info, :f :start-partition, :process :nemesis, :time 10}
            {:type :info, :f :bump, :process :nemesis, :time 12}
            """).History;
        Assert.Equal(
            [
                (FaultPhase.Start, "fault", 0, 2L),
                (FaultPhase.End, "fault", 0, 5L),
                (FaultPhase.Start, "crash", 1, 7L),
                (FaultPhase.End, "crash", 1, 9L),
                (FaultPhase.Start, "partition", 2, 10L),
                (FaultPhase.Instant, "bump", -1, 12L),
            ],
            history.Faults.Select(fault => (fault.Phase, fault.Kind, fault.Fault, fault.TimeNs)));
        Assert.Equal("start cut off n1", history.Faults[0].Description);
        Assert.Equal(["n2"], history.Faults[2].Nodes);
        Assert.Equal(1, history[0].InvokedAt);
    }

    [Fact]
    public void A_process_that_goes_on_after_an_unknown_outcome_is_another_one()
    {
        var history = Read("""
            {:process 3 :type :invoke :f :write :value 1}
            {:process 3 :type :info :f :write :value 1}
            {:process 3 :type :invoke :f :read}
            {:process 3 :type :info :f :read}
            {:process 3 :type :invoke :f :read}
            {:process 3 :type :ok :f :read :value 1}
            """).History;

        Assert.Equal([3, 1_000_003, 2_000_003], history.Operations.Select(operation => operation.Process));
        Assert.Equal(Outcome.Ok, history[2].Outcome);
    }

    [Theory]
    [InlineData(":process 0, ", ":process 0, ")]
    [InlineData("", "")]
    public void Transactions_that_only_tell_how_they_ended_all_overlap(string first, string second)
    {
        var history = Read($$"""
            {{{first}}:type :ok, :value [[:append :x 1]]}
            {{{second}}:type :fail, :value [[:append :x 2]]}
            """).History;

        Assert.Equal([Outcome.Ok, Outcome.Fail], history.Operations.Select(operation => operation.Outcome));
        Assert.True(history[1].InvokedAt < history[0].CompletedAt);
        Assert.NotEqual(history[0].Process, history[1].Process);
    }

    [Theory]
    [InlineData("{:process 0 :type :ok :f :read :value 1}",
        "x line 1: process 0 completes read without having invoked it")]
    [InlineData("{:process 0 :type :invoke :f :read}\n{:process 0 :type :invoke :f :write :value 1}",
        "x line 2: process 0 invokes write while its read (operation 0) is still open")]
    [InlineData("{:process 0 :type :ok :f :txn :value []}\n{:process 1 :type :invoke :f :txn :value []}",
        "x line 2: expected a completion alone, as all before; found an invocation")]
    [InlineData("{:process 0 :type :invoke :f :read}\n{:process 0 :type :ok :f :write}",
        "x line 2: process 0 completes write while its open operation is read")]
    [InlineData("{:process 0 :type :invoke :f :read :index 5}\n{:process 0 :type :ok :f :read :index 5}",
        "x line 2: index 5 comes after index 5; indices must ascend")]
    [InlineData("{:process 0 :type :invoke :f :read :key 1}\n{:process 0 :type :ok :f :read :key 2}",
        "x line 2: process 0 completes with key 2, having invoked with key 1")]
    [InlineData("{:process 0 :type :invoke :f :read}\n{:type :ok :f :read}",
        "x line 2: expected a process, as the events before have one; found none")]
    [InlineData("[{:process 0 :type :invoke :f :read}\n 7]",
        "x line 2 column 2: expected an operation map {:process …}, found '7'")]
    [InlineData("[{:process 0 :type :invoke :f}]",
        "x line 1 column 30: expected a value after the key, found '}'")]
    public void Histories_that_break_a_rule_are_refused_with_their_line(string edn, string expected)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(edn));
        Assert.StartsWith(expected, mistake.Message);
    }

    [Fact]
    public void A_file_cut_short_keeps_what_was_before_when_asked()
    {
        const string Cut = "[{:process 0 :type :invoke :f :read}\n {:process 0 :type :ok :f :re";
        Assert.Equal(
            "x is cut short at line 2 column 31: expected '}', found the end;"
                + " --keep-partial judges what stands before",
            Assert.Throws<UserMistakeException>(() => Read(Cut + " ")).Message);
        var kept = Read(Cut, new ReadOptions { KeepPartial = true });
        Assert.True(kept.IsPartial);
        Assert.Equal(Outcome.Open, Assert.Single(kept.History.Operations).Outcome);
    }

    static HistoryRead Read(string edn, ReadOptions? options = null) =>
        HistoryFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(edn)), "x", options ?? ReadOptions.Default);

    [Theory]
    [InlineData("^{:line 1} [^:op {:process 0, :type :invoke, :f :read} #^:op {:process 0 :type :ok :f"
        + " :read}]")]
    [InlineData("#_ {:gone 1} {:process 0x0, :type :invoke, :f :read} {:process 00, :type :ok}")]
    [InlineData("#:jepsen{:a 1 :_/process 0, :_/type :invoke, :_/f :read}")]
    [InlineData("#jepsen.history.Op{:process 0, :type :invoke, :f :read}")]
    public void Whatever_Clojure_reads_is_read(string text)
    {
        var read = HistoryFile.Read(
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "file", ReadOptions.Default);

        Assert.Equal("jepsen-edn", read.Format.Name);
        Assert.Equal((1, "read"), (read.History.Count, read.History[0].Function));
    }
}
