using System.Text;
using Steelyard.Analysis.Transactions;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Weak;

public class WeakIsolationTests
{
    /// <summary>The strongest level broken, the anomaly planted, and the same history without it.</summary>
    public static TheoryData<string, string, string, string> Planted => new()
    {
        { "read-committed", "G-monotonic", "w 1 1=w 1 2,w 2 2=r 2 2,r 1 1,r 1 2",
            "w 1 1=w 1 2,w 2 2=r 2 2,r 1 2,r 1 2" },
        { "read-committed", "G1b", "w 1 1,w 1 2=r 1 1", "w 1 1,w 1 2=r 1 2" },
        { "read-committed", "garbage-read", "w 1 1=r 1 7", "w 1 1=r 1 0" },
        { "read-committed", "future-read", "r 1 1,w 1 1", "r 1 0,w 1 1" },
        { "read-committed", "internal", "w 1 1=w 1 2,r 1 1", "w 1 1=w 1 2,r 1 2" },
        { "read-committed", "G1c-process", "r 1 1-w 1 1", "w 1 1-r 1 1" },
        { "read-atomic", "fractured-read", "w 1 1,w 2 1=r 2 0,r 1 1", "w 1 1,w 2 1=r 2 1,r 1 1" },
        { "read-atomic", "fractured-read", "w 1 1-r 1 0", "w 1 1-r 1 1" },
        { "causal", "causality-violation", "w 1 1=r 1 1-w 2 1=r 2 1-r 1 0",
            "w 1 1=r 1 1-w 2 1=r 2 1-r 1 1" },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_anomaly_breaks_its_level_and_its_twin_keeps_all(
        string level, string anomaly, string wrong, string right)
    {
        var verdict = new RwRegister(level).Check(Sessions(wrong));
        Assert.Equal(Validity.Invalid, verdict.Validity);
        var found = Assert.Single(verdict.Anomalies, found => found.Type == anomaly);
        Assert.NotEmpty(found.Witness);
        Assert.Equal(Validity.Valid, new RwRegister("causal").Check(Sessions(right)).Validity);
    }

    [Theory]
    [MemberData(nameof(Planted))]
    public void Levels_below_the_one_broken_stand(string level, string anomaly, string wrong, string right)
    {
        string[] levels = ["read-committed", "read-atomic", "causal"];
        var standing = new RwRegister("causal").Check(Sessions(wrong)).HeldModels;
        var place = Array.IndexOf(levels, level);
        Assert.All(levels[..place], below => Assert.Contains(below, standing));
        Assert.All(levels[place..], above => Assert.DoesNotContain(above, standing));
        Assert.NotEqual(wrong, right);
        Assert.NotEmpty(anomaly);
    }

    // Above ten thousand transactions a level that holds is decided by itself.
    [Theory]
    [MemberData(nameof(Planted))]
    public void Among_many_transactions_levels_are_decided_as_among_few(
        string level, string anomaly, string wrong, string right)
    {
        var many = "=" + string.Join(
            '-', Enumerable.Range(9, 10_001).Select(key => $"w {key} 1,r {key} 1"));
        foreach (var asked in (string[])["read-committed", "read-atomic", "causal"])
            foreach (var text in (string[])[wrong, right])
                Assert.Equal(
                    new RwRegister(asked).Check(Sessions(text)).Validity,
                    new RwRegister(asked).Check(Sessions(text + many)).Validity);
        Assert.Contains(
            new RwRegister(level).Check(Sessions(wrong + many)).Anomalies, found => found.Type == anomaly);
    }

    [Fact]
    public void What_an_aborted_transaction_of_Plumes_wrote_must_not_be_read()
    {
        static Validity Judge(string text) => new RwRegister("read-committed").Check(
            HistoryFile.Read(
                new MemoryStream(Encoding.UTF8.GetBytes(text)), "x", ReadOptions.Default).History).Validity;

        Assert.Equal(Validity.Invalid, Judge("w(1,5,0,-1)\nr(1,5,1,1)\n"));
        Assert.Equal(Validity.Valid, Judge("w(1,5,0,-1)\nw(1,6,0,0)\nr(1,6,1,1)\n"));
    }

    [Fact]
    public void A_cycle_is_told_with_a_sentence_for_each_edge()
    {
        var verdict = new RwRegister("read-atomic").Check(Sessions("w 1 1-w 1 2,w 2 2=r 2 2,r 1 1"));
        Assert.Equal(
            "T2 had to see T1, which wrote 1, and read 1 = 1 of T0, so T1 committed before T0;"
            + " T0 came before T1 in the same process: so T1 before T0 before T1",
            verdict.Anomalies[0].Explanation);
        Assert.Equal([0, 1, 2], verdict.Anomalies[0].Witness.Order());
    }

    [Fact]
    public void Real_time_is_not_made_up_where_a_file_tells_none()
    {
        // The second session stands later in the file, and may have run first.
        var verdict = new RwRegister("strict-serializable").Check(Sessions("w 1 1=r 1 0"));
        Assert.Equal(Validity.Valid, verdict.Validity);
        Assert.Empty(verdict.Anomalies);
    }

    [Fact]
    public void Other_orders_of_sessions_in_the_file_change_nothing()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var history = new RandomWeakHistories(seed).InSessions();
            var sessions = history.Operations.GroupBy(one => one.Process)
                .Select(group => string.Join('-', group.Select(Written))).ToList();
            Assert.Equal(NotModels(string.Join('=', sessions)),
                NotModels(string.Join('=', sessions.AsEnumerable().Reverse())));
        }
    }

    static IReadOnlyList<string> NotModels(string text) =>
        new RwRegister("causal").Check(Sessions(text)).NotModels;

    static string Written(Operation operation) => string.Join(',', operation.Output.AsList.ToArray().Select(
        step => $"{step.AsList[0]} {step.AsList[1]} {(step.AsList[2].IsNil ? 0 : step.AsList[2])}"));

    // AWDIT's text in one line: = between sessions, - between transactions, a comma between steps.
    static History Sessions(string text)
    {
        var lines = text.Replace("=", "\n=====\n", StringComparison.Ordinal)
            .Replace("-", "\n-----\n", StringComparison.Ordinal).Replace(',', '\n');
        return HistoryFile.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(lines)), "sessions",
            new ReadOptions { Format = HistoryFormats.Named("awdit") }).History;
    }
}
