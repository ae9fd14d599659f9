using System.Text;
using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>Histories as Maelstrom writes them, judged by its own names.</summary>
public class MaelstromHistoriesTests
{
    const string Counter = """
        {:process 0, :type :invoke, :f :add, :value 3, :index 0, :time 1}
        {:process 0, :type :ok, :f :add, :value 3, :index 1, :time 2}
        {:process 1, :type :invoke, :f :add, :value 2, :index 2, :time 3}
        {:process 1, :type :info, :f :add, :value 2, :error :net-timeout, :index 3, :time 4}
        {:process 0, :type :invoke, :f :read, :value nil, :final? true, :index 4, :time 5}
        {:process 0, :type :ok, :f :read, :value 3, :final? true, :index 5, :time 6}
        {:process 0, :type :invoke, :f :read, :value nil, :index 6, :time 7}
        {:process 0, :type :ok, :f :read, :value 99, :index 7, :time 8}
        """;

    const string Registers = """
        {:process 0, :type :invoke, :f :write, :value [7 3], :index 0, :time 1}
        {:process 0, :type :ok, :f :write, :value [7 3], :index 1, :time 2}
        {:process 1, :type :invoke, :f :read, :value [8 nil], :index 2, :time 3}
        {:process 1, :type :fail, :f :read, :value [8 nil], :error [:no-such-key "no"], :index 3, :time 4}
        {:process 1, :type :invoke, :f :cas, :value [7 [3 4]], :index 4, :time 5}
        {:process 1, :type :ok, :f :cas, :value [7 [3 4]], :index 5, :time 6}
        {:process 0, :type :invoke, :f :read, :value [7 nil], :index 6, :time 7}
        {:process 0, :type :ok, :f :read, :value [7 4], :index 7, :time 8}
        """;

    static HistoryCheck Judge(string text, string? model) => HistoryCheck.Of(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), "history.edn", new() { Model = model }, new([]));

    static Validity Of(string text, string model) =>
        Verdict.Overall(Judge(text, model).Verdicts);

    [Fact]
    public void Only_the_read_that_is_marked_as_final_is_judged()
    {
        Assert.Equal(Validity.Valid, Of(Counter, "g-counter"));
        static string With(int read) => Counter.Replace(":value 3, :final?", $":value {read}, :final?");

        Assert.Equal(Validity.Valid, Of(With(5), "pn-counter"));
        Assert.Equal(Validity.Invalid, Of(With(2), "pn-counter"));
    }

    [Fact]
    public void A_mark_is_kept_by_our_own_lines()
    {
        var history = Judge(Counter, "pn-counter").Read.History;
        using var lines = new MemoryStream();
        JsonlWriter.Write(lines, history);
        lines.Position = 0;
        var again = HistoryFile.Read(lines, "history.jsonl", ReadOptions.Default).History;

        Assert.Equal(history.Hash, again.Hash);
        Assert.Equal([false, false, true, false], again.Operations.Select(operation => operation.IsFinal));
    }

    [Fact]
    public void Keys_are_taken_from_the_values()
    {
        Assert.Equal(Validity.Valid, Of(Registers, "lin-kv"));
        Assert.Equal(Validity.Invalid, Of(Registers.Replace(":value [7 4]", ":value [7 3]"), "lin-kv"));
    }

    [Theory]
    [InlineData(":ok, :f :read, :value [7 4]", ":ok, :f :read, :value [8 4]",
        "history.edn line 8: operation 6: read of key 7 completes with key 8")]
    [InlineData(":invoke, :f :read, :value [7 nil]", ":invoke, :f :read, :value nil",
        "history.edn line 7: operation 6: expected read of [key value], found nil")]
    public void A_value_that_is_no_pair_of_its_key_is_refused_with_its_place(
        string right, string wrong, string message) => Assert.Equal(
        message,
        Assert.Throws<UserMistakeException>(() => Judge(Registers.Replace(right, wrong), "lin-kv")).Message);

    [Theory]
    [InlineData("echo", "nil", "echo")]
    [InlineData("broadcast", "7", "broadcast")]
    [InlineData("ts", "nil", "lin-tso")]
    [InlineData("add", "1", "set, set-full or counter")]
    public void What_functions_tell_is_guessed(string function, string value, string guess) =>
        Assert.Contains(
            $"its operations look like {guess} (",
            Assert.Throws<UserMistakeException>(() => Judge(
                $"{{:process 0, :type :invoke, :f :{function}, :value {value}}}", null)).Message);

    [Fact]
    public void What_payloads_tell_is_guessed()
    {
        static string Guess(string text) =>
            Assert.Throws<UserMistakeException>(() => Judge(text, null)).Message;

        Assert.Contains("look like counter, pn-counter or g-counter (", Guess(Counter));
        Assert.Contains("look like lin-kv, or registers with --independent (", Guess(Registers));
    }
}
