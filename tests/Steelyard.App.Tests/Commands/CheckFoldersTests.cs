using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

/// <summary>Folders of runs, judged through the command line: a wrong one, and its right twin.</summary>
public sealed class CheckFoldersTests : IDisposable
{
    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void Runs_of_Jepsen_are_judged_by_their_history_and_each_once()
    {
        WriteRun("20260101T000000", read: 1);
        WriteRun("20260102T000000", read: 2);
        var latest = Path.Combine(_steelyard.Folder, "store", "my-test", "latest");
        Directory.CreateSymbolicLink(latest, "20260102T000000");

        var all = _steelyard.Run("check", "store", "--model", "register", "--json");
        var last = _steelyard.Run("check", "store/my-test/latest", "--model", "register", "--json");

        Assert.Equal(1, all.Code);
        Assert.Equal(
            [
                "store/my-test/20260101T000000/history.edn Valid",
                "store/my-test/20260102T000000/history.edn Invalid",
            ],
            Files(all.Output));
        Assert.Equal(["store/my-test/latest/history.edn Invalid"], Files(last.Output));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void Operations_of_Porcupine_tell_right_from_wrong(int read, int code)
    {
        _steelyard.Write(
            "ops.json",
            "[{\"ClientId\":0,\"Input\":{\"Op\":1,\"Key\":\"x\",\"Value\":\"1\"},\"Call\":1,\"Output\":{},"
            + "\"Return\":5},"
                + $"{{\"ClientId\":1,\"Input\":{{\"Op\":0,\"Key\":\"x\"}},\"Call\":6,"
                + $"\"Output\":{{\"Value\":\"{read}\"}},"
                + "\"Return\":7}]");

        Assert.Equal(code, _steelyard.Run("check", "ops.json", "--model", "kv").Code);
    }

    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(3, 2, 1)]
    [InlineData(2, 3, 1)]
    public void The_report_of_a_run_of_etcd_tells_right_from_wrong(int seen, int told, int code)
    {
        foreach (var client in new[] { 1, 2 })
            Directory.CreateDirectory(Path.Combine(_steelyard.Folder, "report", $"client-{client}"));
        _steelyard.Write(
            "report/client-1/operations.json",
            "{\"ClientId\":1,\"Input\":{\"Type\":\"txn\","
            + "\"Txn\":{\"OperationsOnSuccess\":[{\"Type\":\"put-operation\","
                + "\"Put\":{\"Key\":\"k\",\"Value\":{\"Value\":\"1\"}}}]}},\"Call\":1,"
                + "\"Output\":{\"Txn\":{\"Results\":"
                + "[{}]},\"Revision\":2},\"Return\":5}");
        _steelyard.Write(
            "report/client-2/operations.json",
            "{\"ClientId\":2,\"Input\":{\"Type\":\"range\",\"Range\":{\"Start\":\"k\"}},\"Call\":6,"
            + "\"Output\":{\"Range\":"
                + "{\"KVs\":[{\"Key\":\"k\",\"Value\":{\"Value\":\"1\"},\"ModRevision\":" + seen + "}],"
                + "\"Count\":1},"
                + "\"Revision\":2},\"Return\":9}");
        _steelyard.Write(
            "report/client-2/watch.json",
            "{\"Request\":{\"Key\":\"k\",\"Revision\":1},"
            + "\"Responses\":[{\"Events\":[{\"Type\":\"put-operation\",\"Key\":"
                + "\"k\",\"Value\":{\"Value\":\"1\"},\"Revision\":" + told + "}],\"Time\":7}]}");

        var run = _steelyard.Run("check", "report", "--model", "etcd");

        Assert.True(run.Code == code, run.Output + run.Error);
    }

    static IEnumerable<string> Files(string json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("files").EnumerateArray().Select(
            file => $"{file.GetProperty("path").GetString()} {file.GetProperty("validity").GetString()}");

    void WriteRun(string time, int read)
    {
        var folder = Path.Combine("store", "my-test", time);
        Directory.CreateDirectory(Path.Combine(_steelyard.Folder, folder, "independent", "1"));
        foreach (var (name, text) in new[]
                 {
                     ("test.jepsen", "JEPSEN"), ("results.edn", "{:valid? true}"),
                     ("jepsen.log", "2026-01-01 \n"),
                     ("timeline.html", "<html></html>"), ("independent/1/history.edn", "{:process 0}"),
                     ("history.edn", "{:process 0, :type :invoke, :f :write, :value 1}\n"
                         + "{:process 0, :type :ok, :f :write, :value 1}\n"
                         + "{:process 0, :type :invoke, :f :read, :value nil}\n"
                         + $"{{:process 0, :type :ok, :f :read, :value {read}}}\n"),
                 })
            _steelyard.Write(Path.Combine(folder, name), text);
    }
}
