using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public class ViolinHistoryTests
{
    [Fact]
    public void Calls_returns_and_the_object_are_read()
    {
        var read = Read("""
            # after a paper
            # @object atomic-stack

            [1] call push(a)
                [2] call pop()
            [1] return
                [2] return a
            [3] call push 7
            [4] call pop
            [4] return empty
            """);

        Assert.Equal(("violin-hist", "atomic-stack"), (read.Format.Name, read.Object));
        Assert.Equal(
            [
                "process 1: push a → ok", "process 2: pop → ok a", "process 3: push 7 → open",
                "process 4: pop → ok",
            ],
            read.History.Operations.Select(operation => operation.ToString()));
    }

    [Fact]
    public void Lines_are_real_time()
    {
        var history = Read("[1] call enq(1)\n[2] call deq\n[1] return\n[2] return 1\n").History;

        Assert.Equal((0, 2, 1, 3), (
            history[0].InvokedAt, history[0].CompletedAt, history[1].InvokedAt, history[1].CompletedAt));
    }

    [Fact]
    public void A_take_that_names_its_element_when_called_took_it()
    {
        var taken = Read("[0] call push(?<0,0>)\n[0] return\n[0] call pop(?<0,0>)\n[0] return\n").History[1];

        Assert.Equal(("pop", Value.Nil, (Value)"?<0,0>"), (taken.Function, taken.Input, taken.Output));
    }

    [Fact]
    public void Several_values_are_a_list() =>
        Assert.Equal(Value.List(1, "b"), Read("[1] call put(1, b)\n[1] return\n").History[0].Input);

    [Theory]
    [InlineData("[1] call push(1)\n[1] call pop\n", "file line 2: process 1 invokes pop while its push")]
    [InlineData("[1] call push(1)\n[2] return 1\n", "file line 2: process 2 completes")]
    [InlineData("[1] call push(1\n[1] return\n", "file line 1: expected \"[process] call function\"")]
    [InlineData("[1] call push(1)\n[1] retrun\n", "file line 2: expected \"[process] call function\"")]
    [InlineData("[1] call push(1)\n[99999999999] return\n", "file line 2: expected \"[process] call")]
    [InlineData("[1] call push(1)\n[1] ret", "file is cut short at line 2")]
    public void What_breaks_the_format_is_refused_with_its_line(string text, string told) =>
        Assert.StartsWith(told, Assert.Throws<UserMistakeException>(() => Read(text)).Message);

    static HistoryRead Read(string text) => HistoryFile.Read(
        new MemoryStream(Encoding.UTF8.GetBytes(text)), "file", ReadOptions.Default);
}
