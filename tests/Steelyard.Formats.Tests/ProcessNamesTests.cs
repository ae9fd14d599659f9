using System.Text;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public sealed class ProcessNamesTests
{
    [Fact]
    public void Processes_with_names_are_processes_of_their_own_beside_those_with_numbers()
    {
        string[] processes = ["2", "\"a\"", "\"3\"", "3", "2", "\"a\"", "0"];

        var history = Read(processes.Select(process => (process, "read")));

        Assert.Equal([2, 3, 4, 5, 2, 3, 0], history.Operations.Select(operation => operation.Process));
        Assert.Empty(history.Faults);
    }

    [Fact]
    public void The_nemesis_alone_is_no_client()
    {
        var history = Read([("\"nemesis\"", "kill"), ("\"client\"", "read")]);

        Assert.Equal(0, Assert.Single(history.Operations).Process);
        Assert.NotEmpty(history.Faults);
    }

    static History Read(IEnumerable<(string Process, string Function)> operations)
    {
        var events = operations.SelectMany(operation => new[] { "invoke", "ok" }.Select(type =>
            $$"""{"process": {{operation.Process}}, "type": "{{type}}", "f": "{{operation.Function}}"}"""));
        var text = "[" + string.Join(",", events) + "]";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return HistoryFile.Read(stream, "named.json", ReadOptions.Default).History;
    }

    [Fact]
    public void Names_are_shown_again_and_so_are_those_who_take_over()
    {
        const string text =
            """
            {"process":"alice","type":"invoke","f":"write","value":1}
            {"process":"alice","type":"info","f":"write"}
            {"process":"alice","type":"invoke","f":"read"}
            {"process":7,"type":"invoke","f":"read"}
            """;
        var jepsen = HistoryFile.Read(
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"[{text.Replace("}\n", "},\n")}]")), "file",
            ReadOptions.Default).History;

        Assert.Equal(
            ["process alice: write 1 → info", "process alice, second client: read → open", "process 7: read"
                + " → open"],
            jepsen.Operations.Select(operation => operation.ToString()));
        Assert.Equal("3", jepsen.ProcessName(3));
    }
}
