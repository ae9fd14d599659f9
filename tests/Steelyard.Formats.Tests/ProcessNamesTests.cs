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
}
