using Steelyard.Formats.Tests.Rows;

namespace Steelyard.Formats.Tests;

public class PorcupineJsonTests
{
    [Theory]
    [InlineData("{\"Op\":0,\"Key\":\"x\",\"Value\":\"\"}", "{\"Value\":\"a\"}", "get x → ok a")]
    [InlineData(
        "{\"op\":2,\"key\":\"x\",\"value\":\"b\"}", "{\"Err\":\"OK\",\"Value\":\"\"}", "append x b → ok ")]
    [InlineData("{\"Op\":0,\"Key\":\"x\"}", "{\"Err\":\"ErrNoKey\"}", "get x → ok")]
    [InlineData("{\"Op\":1,\"Key\":\"x\",\"Value\":1}", "{\"Err\":\"ErrMaybe\"}", "put x 1 → open")]
    [InlineData("{\"Op\":0,\"Arg1\":0}", "{\"Exists\":false,\"Value\":0}", "read → ok")]
    [InlineData("{\"Op\":2,\"Arg1\":0,\"Arg2\":1}", "{\"Ok\":false}", "cas [0, 1] → fail")]
    [InlineData("{\"Op\":2,\"Arg1\":0,\"Arg2\":1}", "{\"Ok\":true}", "cas [0, 1] → ok true")]
    [InlineData("{\"Op\":2,\"Arg1\":0,\"Arg2\":1}", "{\"Unknown\":true}", "cas [0, 1] → open")]
    [InlineData("{\"Type\":\"Enqueue\",\"Value\":7}", "null", "enqueue 7 → ok")]
    [InlineData("7", "null", "write 7 → ok")]
    [InlineData("null", "7", "read → ok 7")]
    public void Inputs_and_outputs_of_usual_models_are_understood(string input, string output, string shown)
    {
        var text = $"{{\"ClientId\":3,\"Input\":{input},\"Call\":5,\"Output\":{output},\"Return\":9}}";

        Assert.Equal($"process 3: {shown}", RowFiles.Shown(RowFiles.Read(text).History));
    }

    [Fact]
    public void What_never_returned_is_open_and_what_is_not_understood_is_refused()
    {
        const string open = "{\"Input\":1,\"Call\":5,\"Output\":null,\"Return\":0}";

        Assert.Equal("process 0: write 1 → open", RowFiles.Shown(RowFiles.Read(open).History));
        Assert.StartsWith(
            "file line 2: expected an Input with Op, Type or Function, found {Verb: GET}",
            RowFiles.Mistake($"{open}\n{{\"Input\":{{\"Verb\":\"GET\"}},\"Call\":5,\"Return\":6}}"),
            StringComparison.Ordinal);
        Assert.Equal(
            "process 2: GET y → ok",
            RowFiles.Shown(RowFiles.Read(
                "{\"ClientId\":2,\"Input\":{\"Verb\":\"GET\",\"To\":{\"Key\":\"y\"}},\"Call\":5,"
                + "\"Return\":6}",
                OperationMap.Parse(
                    "process=ClientId,start=Call,end=Return,function=Input.Verb,key=Input.To.Key")).History));
    }
}
