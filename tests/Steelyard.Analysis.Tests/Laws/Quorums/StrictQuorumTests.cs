using Steelyard.Analysis.Laws.Quorums;

namespace Steelyard.Analysis.Tests.Laws.Quorums;

public class StrictQuorumTests
{
    [Fact]
    public void The_closed_forms_of_the_paper_come_out()
    {
        var rows = TruthRows.Of("pbs").Where(row =>
            row["group"] == "k-staleness" && row["N"].Length > 0).ToList();
        foreach (var row in rows)
        {
            var quorum = new StrictQuorum(int.Parse(row["N"]), int.Parse(row["R"]), int.Parse(row["W"]));
            var found = row["quantity"] == "p_s"
                ? quorum.MissProbability
                : quorum.WithinVersions(row["quantity"].After("k="));
            Assert.Equal(row["value"].Number(), found, row["quantity"] == "p_s" ? 1e-11 : 1e-9);
        }

        Assert.True(rows.Count > 10);
    }

    [Fact]
    public void Monotonic_reads_need_no_more_than_the_first_version_where_nobody_writes()
    {
        var quorum = new StrictQuorum(3, 1, 1);

        Assert.Equal(quorum.WithinVersions(1), quorum.MonotonicReads(0, 5), 1e-12);
        Assert.Equal(quorum.WithinVersions(3), quorum.MonotonicReads(2, 1), 1e-12);
        Assert.True(new StrictQuorum(3, 2, 2).Overlaps);
        Assert.False(quorum.Overlaps);
    }
}
