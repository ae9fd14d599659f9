using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Etcd;
using Steelyard.Live.Matrix;
using Xunit.Abstractions;

namespace Steelyard.Live.Tests.Engines.Etcd;

public sealed class EtcdRowsTests(ITestOutputHelper output)
{
    [EngineFact("etcd", IsLong = true)]
    public Task Scripts_of_one_member_find_what_is_known() => FindsWhatIsKnown("single");

    [EngineFact("etcd", IsLong = true)]
    public Task Scripts_of_three_members_find_what_is_known() => FindsWhatIsKnown("cluster");

    [EngineFact("etcd", IsLong = true)]
    public Task Scripts_of_members_with_snapshots_find_what_is_known() =>
        FindsWhatIsKnown(EtcdCluster.Snapshots);

    async Task FindsWhatIsKnown(string name)
    {
        var engine = LiveEngines.Named("etcd");
        var setup = engine.Setups.First(setup => setup.Name == name);
        using var started = StartedEngine.Start(engine, setup, keep: null, CancellationToken.None);
        foreach (var row in engine.Rows.OfType<ScriptRow>().Where(row => row.Setup == name))
        {
            var finding = await row.Try(started.Cluster, CancellationToken.None);

            foreach (var line in finding.Transcript.Append(finding.Evidence))
                output.WriteLine(line);
            if (row.Expected != Expectation.MayOccur)
                Assert.True(
                    finding.Occurred == (row.Expected == Expectation.Occurs),
                    $"{row.Workload}: {finding.Evidence}");
        }
    }
}
