using Steelyard.Formats.Tests.Rows;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public sealed class EtcdReportTests : IDisposable
{
    const string Put = "{\"Type\":\"put-operation\",\"Put\":{\"Key\":\"k\",\"Value\":{\"Value\":\"1\"},"
        + "\"LeaseID\":0}}";
    const string Get = "{\"Type\":\"range-operation\",\"Range\":{\"Start\":\"k\",\"End\":\"\",\"Limit\":0}}";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("steelyard-etcd-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(
        "{\"Type\":\"txn\",\"Txn\":{\"Conditions\":null,\"OperationsOnSuccess\":[" + Put + "]}}",
        "{\"Txn\":{\"Failure\":false,\"Results\":[{}]},\"Revision\":2,\"Error\":\"\"}",
        "put k 1 → ok {revision: 2, succeeded: true}")]
    [InlineData(
        "{\"Type\":\"txn\",\"Txn\":{\"Conditions\":[{\"Key\":\"k\",\"ExpectedRevision\":2}],"
            + "\"OperationsOnSuccess\":[" + Put + "],\"OperationsOnFailure\":[" + Get + "]}}",
        "{\"Txn\":{\"Failure\":true,\"Results\":[{\"KVs\":null,\"Count\":0}]},\"Revision\":4}",
        "txn {else: [[get, k]], if: [{key: k, mod: 2}], then: [[put, k, 1]]} → ok {results: [{count: 0,"
        + " deleted: 0,"
            + " kvs: []}], revision: 4, succeeded: false}")]
    [InlineData(
        "{\"Type\":\"range\",\"Range\":{\"Start\":\"k\",\"End\":\"\",\"Limit\":0,\"Revision\":0}}",
        "{\"Range\":{\"KVs\":[{\"Key\":\"k\",\"Value\":{\"Value\":\"a value of twenty bytes\",\"Hash\":0},"
            + "\"ModRevision\":2}],\"Count\":1},\"Revision\":3}",
        "get k → ok {mod: 2, revision: 3, value: hash 855193760}")]
    [InlineData(
        "{\"Type\":\"range\",\"Range\":{\"Start\":\"a\",\"End\":\"b\",\"Limit\":5,\"Revision\":0}}",
        "{\"Range\":{\"KVs\":[],\"Count\":0},\"Revision\":3}",
        "range [a, b, 5] → ok {count: 0, kvs: [], revision: 3}")]
    [InlineData(
        "{\"Type\":\"range\",\"Range\":{\"Start\":\"k\",\"End\":\"\",\"Revision\":2}}",
        "{\"Range\":{\"KVs\":[],\"Count\":0},\"Revision\":3}", "get-of-revision k 2 → ok {revision: 3}")]
    [InlineData("{\"Type\":\"leaseGrant\","
        + "\"LeaseGrant\":{\"LeaseID\":7}}", "{\"Error\":\"timeout\"}", "lease-grant 7 → open")]
    [InlineData(
        "{\"Type\":\"compact\",\"Compact\":{\"Revision\":7}}", "{\"ClientError\":\"future\"}",
        "compact 7 → fail (future)")]
    [InlineData("{\"Type\":\"defragment\"}", "{\"Persisted\":true,\"PersistedRevision\":3}", "defragment →"
        + " ok {revision: 3}")]
    public void Requests_of_etcd_are_read_in_short_words(string request, string response, string shown) =>
        Assert.Equal(
            $"process 5: {shown}",
            RowFiles.Shown(RowFiles.Read(
                $"{{\"ClientId\":5,\"Input\":{request},\"Call\":1,\"Output\":{response},"
                + "\"Return\":9}").History));

    [Fact]
    public void The_folder_of_a_report_is_one_history()
    {
        var operation = "{\"ClientId\":1,\"Input\":{\"Type\":\"defragment\"},\"Call\":5,"
            + "\"Output\":{\"Revision\":1},\"Return\":9}\n";
        Write("client-1", "operations.json", operation);
        Write("client-2", "operations.json", operation.Replace("\"ClientId\":1", "\"ClientId\":2"));
        Write("client-2", "watch.json", "{\"Request\":{\"Key\":\"k\"},\"Responses\":[{\"Time\":3},"
            + "{\"Time\":7}]}\n");

        var history = HistoryFile.Read(_folder.FullName);

        Assert.True(HistoryFolder.IsOneHistory(_folder.FullName));
        Assert.Equal(["watch", "defragment", "defragment"], history.Operations.Select(one => one.Function));
        Assert.Equal("client-2 1", history[0].ProcessName);
        Write("client-2", "watch.json", "{\"Request\":7,\"Responses\":[]}");
        Assert.Contains(
            "client-2/watch.json line 1: expected a watch with a Request, found 7",
            Assert.Throws<UserMistakeException>(() => HistoryFile.Read(_folder.FullName)).Message,
            StringComparison.Ordinal);
    }

    void Write(string client, string name, string text) =>
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory(client).FullName, name), text);
}
