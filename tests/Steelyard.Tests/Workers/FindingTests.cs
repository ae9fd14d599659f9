using Steelyard.Histories;
using Steelyard.Workers;

namespace Steelyard.Tests.Workers;

public sealed class FindingTests
{
    [Fact]
    public void What_a_world_could_not_decide_comes_back_from_a_worker_undecided()
    {
        var verdict = Verdict.Undecided("event-budget", "10 events happened");

        var back = Finding.Of(verdict).ToVerdict();

        Assert.Equal(
            (Validity.Unknown, verdict.Summary, verdict.Exhausted),
            (back.Validity, back.Summary, back.Exhausted));
    }

    [Fact]
    public void What_a_world_found_wrong_comes_back_from_a_worker_with_its_witness()
    {
        var verdict = Verdict.Broken("closed-world", new Anomaly("deadlock", "nothing moves", [3, 4]));

        var back = Finding.Of(verdict).ToVerdict();

        Assert.Equal((Validity.Invalid, "nothing moves"), (back.Validity, back.Summary));
        Assert.Equal([3, 4], Assert.Single(back.Anomalies).Witness);
    }
}
