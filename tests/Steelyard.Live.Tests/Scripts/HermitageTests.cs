using Steelyard.Live.Scripts;

namespace Steelyard.Live.Tests.Scripts;

public sealed class HermitageTests
{
    static readonly AnomalyScript s_dirtyWrite = Hermitage.All.First(script => script.Name == "G0");

    // No database here lets it happen.
    [Fact]
    public void Two_transactions_that_mix_what_they_write_are_a_dirty_write() =>
        Assert.True(s_dirtyWrite.Occurred(Committed(new([(1, 12), (2, 21)]), 1, 2)));

    [Fact]
    public void One_transaction_after_the_other_is_none() =>
        Assert.False(s_dirtyWrite.Occurred(Committed(new([(1, 12), (2, 22)]), 1, 2)));

    [Fact]
    public void What_was_not_committed_did_not_mix_with_anything() =>
        Assert.False(s_dirtyWrite.Occurred(Committed(new([(1, 12), (2, 21)]), 1)));

    [Fact]
    public void A_script_that_reads_nothing_it_asked_for_has_not_seen_its_anomaly()
    {
        var nothing = Committed(new([]), 1, 2, 3);

        Assert.All(
            Hermitage.All.Where(script => script.Name != "G0"),
            script => Assert.False(script.Occurred(nothing)));
    }

    static ScriptTale Committed(ScriptRows last, params int[] sessions)
    {
        var tale = new ScriptTale { Last = last };
        foreach (var session in sessions)
            tale.Done(ScriptStep.Commit(session), rows: -1);
        return tale;
    }
}
