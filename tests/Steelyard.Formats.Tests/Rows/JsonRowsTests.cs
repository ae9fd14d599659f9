namespace Steelyard.Formats.Tests.Rows;

public class JsonRowsTests
{
    const string Lines =
        """
        {"who":"a","from":1764496525.000000001,"to":1764496525.5,"what":"write","v":[1,"x"],"code":200,"e":{}}
        {"who":"b","from":"2025-11-30T09:55:25.2Z","to":null,"what":"read","code":504}
        """;

    static readonly OperationMap Map = OperationMap.Parse(
        "process=who,start=from,end=to,function=what,input=v,output=v2,outcome=code",
        "ok=200..299,info=500..599", unit: "s");

    [Fact]
    public void Objects_of_any_names_are_operations_one_a_line_or_in_an_array()
    {
        var text = Lines.Replace("\"e\"", "\"v2\"", StringComparison.Ordinal);
        foreach (var file in new[] { text, $"[{text.Replace("\n", ",\n")}]" })
        {
            var history = RowFiles.Read(file, Map).History;
            Assert.Equal(
                "process a: write [1, x] → ok {}\nprocess b: read → open", RowFiles.Shown(history));
            Assert.Equal(199_999_999, history[1].InvokedNs);
        }
    }

    [Fact]
    public void A_name_that_no_object_has_is_refused() => Assert.Equal(
        "file: expected \"v2\" in some object, as --map says; found it in none", RowFiles.Mistake(
            Lines, Map));

    [Theory]
    [InlineData(
        "{\"start\":true,\"end\":2,\"input\":1}", "file line 1: expected a number or an ISO 8601 time")]
    [InlineData(
        "{\"start\":1,\"end\":2,\"input\":1}\n{\"end\":2,\"input\":1}", "file line 2: expected a start")]
    [InlineData("{\"start\":1,\"end\":2,\"input\":1}\n{\"start\"}", "file line 2: expected JSON")]
    [InlineData("{\"start\":1,\"end\":2,\"input\":1}\n{\"sta", "file is cut short at line 2")]
    public void What_is_no_operation_is_refused_with_its_line(string text, string mistake) =>
        Assert.StartsWith(mistake, RowFiles.Mistake(text), StringComparison.Ordinal);
}
