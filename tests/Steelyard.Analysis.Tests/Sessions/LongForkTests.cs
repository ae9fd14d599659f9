using Steelyard.Analysis.Sessions;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Sessions;

public class LongForkTests
{
    const string Writes = """
        0 invoke txn [[w x 1]]
        0 ok     txn [[w x 1]]
        1 invoke txn [[w y 1]]
        1 ok     txn [[w y 1]]

        """;

    [Fact]
    public void Two_reads_that_each_miss_what_the_other_saw_are_a_long_fork()
    {
        var verdict = Check(Writes + Reads("[[r x 1] [r y nil]]") + Reads("[[r y 1] [r x nil]]"));

        Assert.Equal(
            "operation 4 saw the write of x but not that of y, and operation 6 saw that of y but not that of"
                + " x",
            verdict.Summary);
        Assert.Equal([0, 1, 2, 3], verdict.Anomalies[0].Witness);
        Assert.Contains("snapshot-isolation", verdict.NotModels);
    }

    [Fact]
    public void Reads_that_see_ever_more_are_none()
    {
        var verdict = Check(
            Writes + Reads("[[r x 1] [r y 1]]") + Reads("[[r y 1] [r x nil]]")
                + Reads("[[r x nil] [r y nil]]"));

        Assert.Equal("3 reads of 1 groups agree on the order of writes", verdict.Summary);
    }

    [Fact]
    public void A_key_written_twice_is_undecided()
    {
        var verdict = Check(Writes + Writes.Replace(" 1]]", " 2]]", StringComparison.Ordinal));

        Assert.Equal(
            "not decided: operation 4 writes x again; each key is written once here", verdict.Summary);
    }

    [Fact]
    public void A_value_that_nobody_wrote_is_a_garbage_read() =>
        Assert.Equal("garbage-read", Check(Writes + Reads("[[r x 7] [r y nil]]")).Anomalies[0].Type);

    [Fact]
    public void A_failed_write_that_was_read_is_a_garbage_read() =>
        Assert.Equal(
            "garbage-read",
            Check("0 invoke txn [[w x 1]]\n0 fail txn [[w x 1]]\n" + Reads("[[r x 1] [r y nil]]"))
                .Anomalies[0].Type);

    [Fact]
    public void A_fork_shows_without_the_writes_which_may_be_older_than_the_recording()
    {
        var forked = Check(Reads("[[r x 1] [r y 1] [r z nil]]") + Reads("[[r z 1] [r x 1] [r y nil]]"));

        Assert.Equal("long-fork", Assert.Single(forked.Anomalies).Type);
        Assert.Equal([0, 1], forked.Anomalies[0].Witness);
        Assert.Equal(
            Validity.Valid,
            Check(Reads("[[r x 1] [r y 1] [r z nil]]") + Reads("[[r z nil] [r x 1] [r y nil]]")).Validity);
    }

    [Fact]
    public void A_garbage_read_hides_no_fork() =>
        Assert.Equal(
            ["garbage-read", "long-fork"],
            Check(Writes + Reads("[[r x 7] [r y nil]]") + Reads("[[r y 1] [r x nil]]"))
                .Anomalies.Select(anomaly => anomaly.Type));

    [Fact]
    public void Another_step_is_the_users_mistake() =>
        Assert.Equal(
            "operation 0: expected [w key value] or [r key value], found [append, x, 1]",
            Assert.Throws<UserMistakeException>(() => Check(Reads("[[append x 1]]"))).Message);

    [Fact]
    public void Random_groups_agree_with_comparing_every_pair()
    {
        var (valid, invalid) = (0, 0);
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var reads = Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.Next(8)).ToList();
            var text = string.Concat("xyz".Select(key => Reads($"[[w {key} 1]]"))) + string.Concat(
                reads.Select(bits => Reads(
                    $"[[r x {Seen(bits, 0)}] [r y {Seen(bits, 1)}] [r z {Seen(bits, 2)}]]")));
            var forked = reads.Any(a => reads.Any(b => (a & ~b) != 0 && (b & ~a) != 0));

            Assert.Equal(forked ? Validity.Invalid : Validity.Valid, Check(text).Validity);
            _ = forked ? invalid++ : valid++;
        }

        Assert.True(valid > 500 && invalid > 500);
    }

    static string Seen(int bits, int key) => (bits >> key & 1) == 1 ? "1" : "nil";

    static string Reads(string steps) => $"5 invoke txn {steps}\n5 ok txn {steps}\n";

    static Verdict Check(string text) => new LongFork().Check(History.Parse(text));
}
