using Steelyard.Histories;
using Steelyard.Recording;
using Steelyard.Testing;

namespace Steelyard.Tests.Checks;

public sealed class LoneOperationsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("register", "sequential")]
    [InlineData("register", "read-your-writes")]
    [InlineData("register", "causal")]
    public void Sessions_of_nobody_are_not_decided(string model, string consistency)
    {
        // Two users one after the other, the second of whom a replica that lags answers: as one session it
        // would not see its own write.
        using var history = TestHistory.Start(path: _folder.File("lone.jsonl"));
        history.Recorder.Invoke("write", "x", 1).Ok();
        history.Recorder.Invoke("read", "x").Ok();

        var failure = Assert.Throws<TestHistoryException>(() => history.ShouldBe(model, consistency));

        Assert.Equal(Validity.Unknown, failure.Verdict.Validity);
        Assert.Contains("nobody said who invoked 2 of 2 operations, so no session has two", failure.Message);
        Assert.Equal(
            Validity.Invalid,
            Assert.Throws<TestHistoryException>(() => history.ShouldBe(model)).Verdict.Validity);
    }

    [Fact]
    public void Sessions_of_clients_are_judged_and_what_nobody_invoked_is_in_none_of_them()
    {
        using (var right = TestHistory.Start(path: _folder.File("right.jsonl")))
        {
            var client = right.Recorder.NewClient();
            Write(client, 1);
            // Process 1 is lent to both: as one session it would go back from 1 to nothing.
            right.Recorder.Invoke("read", "x").Ok(1);
            right.Recorder.Invoke("read", "x").Ok();
            client.Invoke("read", "x").Ok(1);
            right.ShouldBe("register", "monotonic-reads");
            right.ShouldBe("register", "read-your-writes");
        }

        using var wrong = TestHistory.Start(path: _folder.File("wrong.jsonl"));
        var forgotten = wrong.Recorder.NewClient();
        Write(forgotten, 1);
        wrong.Recorder.Invoke("read", "x").Ok();
        forgotten.Invoke("read", "x").Ok();
        var failure = Assert.Throws<TestHistoryException>(
            () => wrong.ShouldBe("register", "read-your-writes"));
        Assert.Equal(Validity.Invalid, failure.Verdict.Validity);
    }

    static void Write(RecordedClient client, int value) => client.Invoke("write", "x", value).Ok();
}
